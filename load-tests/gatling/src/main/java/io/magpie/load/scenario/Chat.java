package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.people.Conversation;
import io.magpie.load.protocol.Names;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * People write in their conversations and read what the others write: in groups or in pairs.
 *
 * @param name of the scenario
 * @param summary of the scenario
 * @param who label of the users in the report
 * @param usual what it does unless it is asked for something else
 * @param made the conversations
 */
record Chat(
    String name,
    String summary,
    String who,
    Plan.Usual usual,
    Function<Run, List<Conversation>> made)
    implements LoadScenario {

  static LoadScenario inGroups() {
    return new Chat(
        "group-chat",
        "people write and read in groups",
        "Group members",
        usual(Crowd.of(200, 20)),
        Run::groups);
  }

  static LoadScenario inPairs() {
    return new Chat(
        "direct-chat",
        "pairs write to each other",
        "People in pairs",
        usual(Crowd.of(200, 0)),
        Run::pairs);
  }

  private static Plan.Usual usual(Crowd crowd) {
    return new Plan.Usual(crowd, Duration.ofSeconds(10), Duration.ofMinutes(1), 20);
  }

  @Override
  public List<PopulationBuilder> populations(Run run) {
    ChainBuilder act = Talk.choose().exec(Talk.say(run.plan().bytes())).exec(Talk.read());
    Life.Deeds deeds = new Life.Deeds(Talk.list(), act, Schedule.random(run.plan()::interval));
    return List.of(
        new Life(run)
            .of(who, run.feeder(run.people(), made.apply(run)), deeds)
            .injectOpen(rampUsers(run.plan().crowd().users()).during(run.plan().ramp())));
  }

  @Override
  public List<Assertion> assertions() {
    return List.of(details(Names.DELIVERED).allRequests().count().gt(0L));
  }
}
