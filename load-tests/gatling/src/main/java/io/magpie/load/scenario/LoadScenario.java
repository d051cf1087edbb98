package io.magpie.load.scenario;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.magpie.load.Plan;
import java.util.List;

/** A kind of load that can be asked for by its name. */
public interface LoadScenario {
  /** For {@code -Dscenario}. */
  String name();

  /** One line for people who choose. */
  String summary();

  /** What it does unless it is asked for something else. */
  Plan.Usual usual();

  /** Who arrives when, and does what. */
  List<PopulationBuilder> populations(Run run);

  /** What must hold besides the limits that hold for all scenarios. */
  default List<Assertion> assertions() {
    return List.of();
  }
}
