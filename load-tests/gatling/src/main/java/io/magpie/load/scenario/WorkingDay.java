package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.people.Conversation;
import io.magpie.load.people.Person;
import io.magpie.load.protocol.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From half past eight to half past five in {@code -Dduration}: a few early birds, eight of ten at
 * nine within {@code -Dramp}, some late; a busy morning, lunch, an afternoon. People open the list
 * and a history, write in groups and to one another, type, read.
 */
final class WorkingDay implements LoadScenario {
  @Override
  public String name() {
    return "working-day";
  }

  @Override
  public String summary() {
    return "a day of an office in short, with everybody at nine o'clock";
  }

  @Override
  public Plan.Usual usual() {
    return new Plan.Usual(Crowd.of(200, 20), Duration.ofSeconds(5), Duration.ofMinutes(3), 20);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    Plan plan = run.plan();
    Life life = new Life(run);
    List<Conversation> all = new ArrayList<>(run.groups());
    all.addAll(run.pairs());
    Life.Deeds deeds = new Life.Deeds(morning(), deed(plan), schedule(life, plan));
    List<Person> people = run.people();
    int early = Math.max(1, people.size() / 10);
    int late = people.size() - early;
    Duration nine = Day.timeOf(plan.duration(), Day.NINE);
    Duration lateComers = nine.plus(plan.ramp());
    return List.of(
        life.of("Early birds", run.feeder(people.subList(0, early), all), deeds)
            .injectOpen(rampUsers(early).during(nine)),
        life.of("Nine o'clock", run.feeder(people.subList(early, late), all), deeds)
            .injectOpen(nothingFor(nine), rampUsers(late - early).during(plan.ramp())),
        life.of("Late comers", run.feeder(people.subList(late, people.size()), all), deeds)
            .injectOpen(nothingFor(lateComers), rampUsers(people.size() - late).during(nine)));
  }

  private static Schedule schedule(Life life, Plan plan) {
    double whole = plan.duration().toMillis();
    return Schedule.random(
        () -> {
          double progress = (System.currentTimeMillis() - life.start()) / whole;
          return Duration.ofMillis(
              Math.round(plan.interval().toMillis() / Day.intensity(progress)));
        });
  }

  private static ChainBuilder morning() {
    return Talk.list().exec(Talk.choose()).exec(Talk.history()).exec(Talk.read());
  }

  private static ChainBuilder deed(Plan plan) {
    return Talk.choose()
        .exec(
            randomSwitch()
                .on(
                    percent(50).then(exec(Talk.say(plan.bytes())).exec(Talk.read())),
                    percent(20).then(exec(Talk.type()).exec(Talk.say(plan.bytes()))),
                    percent(20).then(exec(Talk.history()).exec(Talk.read())),
                    percent(10).then(exec(Talk.read()))));
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(details(Names.DELIVERED).allRequests().count().gt(0L));
  }
}
