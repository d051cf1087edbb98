package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.protocol.Names;
import java.time.Duration;
import java.util.List;

/**
 * One big group: each message goes to all of its members, who are all there and only listen, apart
 * from the one who writes.
 *
 * @param members of the group, as long as nothing else is asked for
 * @param rate messages per second
 */
record FanOut(int members, double rate) implements LoadScenario {
  @Override
  public String name() {
    return "fan-out-" + members;
  }

  @Override
  public String summary() {
    return "one group of " + members + ", everybody listens";
  }

  @Override
  public Plan.Usual usual() {
    Duration ramp = Duration.ofSeconds(Math.max(5, members / 100));
    return new Plan.Usual(Crowd.of(members, 1), ramp, Duration.ofMinutes(1), rate);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    Life.Deeds deeds =
        new Life.Deeds(
            Life.Deeds.NOTHING,
            Talk.choose().exec(Talk.say(run.plan().bytes())),
            Schedule.random(run.plan()::interval));
    return List.of(
        new Life(run)
            .of("Members", run.feeder(run.people(), run.groups()), deeds)
            .injectOpen(rampUsers(run.plan().crowd().users()).during(run.plan().ramp())));
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(details(Names.DELIVERED).allRequests().count().gt(0L));
  }
}
