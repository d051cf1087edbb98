package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import java.time.Duration;
import java.util.List;

/** People log in and leave the page open: connections, heartbeats, nothing else. */
final class LogInAndIdle implements LoadScenario {
  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String summary() {
    return "log in, connect, answer heartbeats";
  }

  @Override
  public Plan.Usual usual() {
    return new Plan.Usual(Crowd.of(500, 0), Duration.ofSeconds(20), Duration.ofMinutes(1), 1);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    Life.Deeds deeds = new Life.Deeds(Life.Deeds.NOTHING, Life.Deeds.NOTHING, Schedule.never());
    return List.of(
        new Life(run)
            .of("Idle people", run.feeder(run.people(), List.of()), deeds)
            .injectOpen(rampUsers(run.plan().crowd().users()).during(run.plan().ramp())));
  }
}
