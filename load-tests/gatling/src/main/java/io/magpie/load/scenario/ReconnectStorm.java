package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.people.Conversation;
import io.magpie.load.people.Person;
import io.magpie.load.protocol.Names;
import io.magpie.load.protocol.Recorder;
import io.magpie.load.protocol.Wire;
import java.time.Duration;
import java.util.List;

/**
 * One in ten writes all the time; the others lose their connection in the same moment, stay away
 * for {@code -Daway} (2 s), and all come back at once with their cursors, {@code -Dstorms} (3)
 * times. What was missed has to come, in order and once.
 */
final class ReconnectStorm implements LoadScenario {
  private static final String TRIED = "triedToComeBack";

  @Override
  public String name() {
    return "reconnect-storm";
  }

  @Override
  public String summary() {
    return "nine of ten lose their connection together and come back together";
  }

  @Override
  public Plan.Usual usual() {
    return new Plan.Usual(Crowd.of(500, 10), Duration.ofSeconds(10), Duration.ofMinutes(1), 10);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    Plan plan = run.plan();
    Life life = new Life(run);
    List<Conversation> groups = run.groups();
    List<Person> talking = run.people().stream().filter(ReconnectStorm::talks).toList();
    List<Person> dropping = run.people().stream().filter(person -> !talks(person)).toList();
    Duration each = plan.interval().multipliedBy(talking.size()).dividedBy(run.people().size());
    Life.Deeds talk =
        new Life.Deeds(
            Life.Deeds.NOTHING,
            Talk.choose().exec(Talk.say(plan.bytes())),
            Schedule.random(() -> each));
    Life.Deeds drop =
        new Life.Deeds(
            Life.Deeds.NOTHING,
            storm(run.settings().duration("away", Duration.ofSeconds(2))),
            storms(life, plan, run.settings().whole("storms", 3, 1, 100)));
    return List.of(
        life.of("Talkers", run.feeder(talking, groups), talk)
            .injectOpen(rampUsers(talking.size()).during(plan.ramp())),
        life.of("People who are cut off", run.feeder(dropping, groups), drop)
            .injectOpen(rampUsers(dropping.size()).during(plan.ramp())));
  }

  /** Every tenth, so that most groups have somebody who writes. */
  private static boolean talks(Person person) {
    return person.number() % 10 == 0;
  }

  /** Evenly over the time after the ramp. */
  private static Schedule storms(Life life, Plan plan, int storms) {
    return before -> {
      for (int storm = 1; storm <= storms; storm++) {
        long at = life.start() + moment(plan, storm, storms);
        if (at > before) {
          return at;
        }
      }
      return Schedule.NEVER;
    };
  }

  static long moment(Plan plan, int storm, int storms) {
    return plan.ramp().toMillis() + plan.duration().toMillis() * storm / (storms + 1);
  }

  private static ChainBuilder storm(Duration away) {
    return Wire.close()
        .exec(pause(away))
        .exec(session -> session.set(TRIED, System.currentTimeMillis()))
        .exec(Wire.open())
        .exec(Wire.catchUp())
        .exec(
            exec(
                session -> {
                  long tried = session.getLong(TRIED);
                  Recorder.log(session).ok(Names.BACK, tried, System.currentTimeMillis());
                  return session;
                }));
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(details(Names.BACK).allRequests().count().gt(0L));
  }
}
