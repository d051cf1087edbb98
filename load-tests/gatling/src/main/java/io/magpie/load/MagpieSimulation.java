package io.magpie.load;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.magpie.load.people.Api;
import io.magpie.load.people.Conversations;
import io.magpie.load.people.Door;
import io.magpie.load.people.Doors;
import io.magpie.load.people.ServerLimits;
import io.magpie.load.scenario.LoadScenario;
import io.magpie.load.scenario.Run;
import io.magpie.load.scenario.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the scenario that {@code -Dscenario} names, against {@code -DbaseUrl}. What cannot be run is
 * told in one sentence, with exit code 1; a run whose assertions fail ends with Gatling's own, 2.
 */
public final class MagpieSimulation extends Simulation {
  private static final int REFUSED = 1;
  private static final String BEAT = "{\"type\":\"heartbeat\"";

  /** Messages that may wait between two looks of a user. */
  private static final int INBOX = 100_000;

  private Door door;

  public MagpieSimulation() {
    try {
      prepare(Settings.ofSystem());
    } catch (Refusal e) {
      System.err.println();
      System.err.println(e.getMessage());
      System.err.println();
      System.exit(REFUSED); // An exception would bury the sentence below Gatling's stack traces.
    }
  }

  private void prepare(Settings settings) {
    LoadScenario scenario = Scenarios.named(settings.text("scenario").orElse("group-chat"));
    Plan plan = Plan.read(settings, scenario.usual());
    Duration slowest = settings.duration("slowest", Duration.ofSeconds(3));
    System.out.printf("%n%s: %s%n", scenario.name(), plan);
    Api api = new Api(plan.server());
    ServerLimits.of(api).check(plan);
    door = Doors.open(settings, api);
    Run run =
        new Run(
            plan, settings, door, door.people(plan.crowd().users()), new Conversations(api, door));
    setUp(scenario.populations(run))
        .protocols(protocol(plan))
        .assertions(assertions(scenario, slowest))
        .maxDuration(plan.ramp().plus(plan.duration()).plusMinutes(2));
  }

  private static HttpProtocolBuilder protocol(Plan plan) {
    return http.baseUrl(plan.server().toString())
        .wsBaseUrl(plan.socketUrl())
        .disableWarmUp() // It would call gatling.io.
        .shareConnections() // Thousands of users need no HTTP connection each after their log-in.
        .acceptHeader("application/json")
        .userAgentHeader("gatling")
        .wsUnmatchedInboundMessageBufferSize(INBOX)
        .wsAutoReplyTextFrame(frame -> frame.startsWith(BEAT) ? BEAT + "}" : null);
  }

  private static List<Assertion> assertions(LoadScenario scenario, Duration slowest) {
    List<Assertion> all = new ArrayList<>(scenario.assertions());
    all.add(global().failedRequests().count().is(0L));
    all.add(global().responseTime().max().lte(Math.toIntExact(slowest.toMillis())));
    return all;
  }

  @Override
  public void after() {
    door.close();
  }
}
