package io.magpie.load.scenario;

import io.magpie.load.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** The scenarios by name. A new one is added to the list. */
public final class Scenarios {
  private static final List<LoadScenario> ALL =
      List.of(
          new LogInAndIdle(),
          Chat.inGroups(),
          Chat.inPairs(),
          new FanOut(100, 20),
          new FanOut(5000, 0.5),
          new PresenceChurn(),
          new ReconnectStorm(),
          new WorkingDay(),
          new Acceptance());

  private Scenarios() {}

  public static List<LoadScenario> all() {
    return ALL;
  }

  /** The scenario of this name, or a sentence with those that there are. */
  public static LoadScenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "There is no scenario %s. -Dscenario is one of:%s".formatted(name, list())));
  }

  private static String list() {
    return ALL.stream()
        .map(scenario -> "%n  %-16s %s".formatted(scenario.name(), scenario.summary()))
        .collect(Collectors.joining());
  }
}
