package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

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
 * What the product was accepted with (requirements A29, B34): a hundred people online at once, in a
 * group of a hundred and in groups of ten, each answer within three seconds and none failed.
 */
final class Acceptance implements LoadScenario {
  @Override
  public String name() {
    return "acceptance";
  }

  @Override
  public String summary() {
    return "100 people chat at once, in a group of 100 and in groups of 10; answers in 3 s";
  }

  @Override
  public Plan.Usual usual() {
    return new Plan.Usual(Crowd.of(100, 10), Duration.ofSeconds(10), Duration.ofMinutes(5), 20);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    List<Conversation> all = new ArrayList<>(run.groups());
    List<Person> people = run.people();
    all.addAll(run.conversations().groups(people, new Crowd(people.size(), 1, people.size())));
    ChainBuilder act = Talk.choose().exec(Talk.say(run.plan().bytes())).exec(Talk.read());
    Life.Deeds deeds = new Life.Deeds(Talk.list(), act, Schedule.random(run.plan()::interval));
    return List.of(
        new Life(run)
            .of("People", run.feeder(people, all), deeds)
            .injectOpen(rampUsers(people.size()).during(run.plan().ramp())));
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(
        details(Names.DELIVERED).allRequests().count().gt(0L),
        details(Names.COMPLETE).successfulRequests().count().gte(100L));
  }
}
