package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.protocol.Mailbox;
import io.magpie.load.protocol.Marker;
import io.magpie.load.protocol.Names;
import io.magpie.load.protocol.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * People watch the others of their group and change: a new status, away and back at the keyboard,
 * off and on again. The server collects changes of a person for 250 ms, which is part of the time
 * until a status is seen.
 */
final class PresenceChurn implements LoadScenario {
  private static final int STATUS_LENGTH = 24;

  /** Most people in one request. */
  private static final int MOST_WATCHED = 500;

  @Override
  public String name() {
    return "presence-churn";
  }

  @Override
  public String summary() {
    return "people watch each other and change their presence";
  }

  @Override
  public Plan.Usual usual() {
    return new Plan.Usual(Crowd.of(200, 10), Duration.ofSeconds(10), Duration.ofMinutes(1), 20);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    ChainBuilder act =
        exec(
            randomSwitch()
                .on(
                    percent(50).then(status()),
                    percent(40).then(activity()),
                    percent(10).then(offAndOn())));
    Life.Deeds deeds = new Life.Deeds(watch(), act, Schedule.random(run.plan()::interval));
    return List.of(
        new Life(run)
            .of("Watchers", run.feeder(run.people(), run.groups()), deeds)
            .injectOpen(rampUsers(run.plan().crowd().users()).during(run.plan().ramp())));
  }

  private static ChainBuilder watch() {
    return exec(session -> {
          Mailbox.of(session).watching();
          return session;
        })
        .exec(Wire.ask("presence.watch", PresenceChurn::mates));
  }

  private static Map<String, ?> mates(Session session) {
    List<String> mates = session.getList(Run.MATES);
    return Map.of("users", mates.subList(0, Math.min(mates.size(), MOST_WATCHED)));
  }

  private static ChainBuilder status() {
    return Wire.ask(
        "status.set",
        session -> Map.of("text", Marker.text(System.currentTimeMillis(), STATUS_LENGTH)));
  }

  private static ChainBuilder activity() {
    return Wire.ask(
        "presence.activity",
        session -> Map.of("active", ThreadLocalRandom.current().nextBoolean()));
  }

  private static ChainBuilder offAndOn() {
    return exec(Wire.close()).exec(Wire.open()).exec(Wire.catchUp()).exec(watch());
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(details(Names.SEEN).allRequests().count().gt(0L));
  }
}
