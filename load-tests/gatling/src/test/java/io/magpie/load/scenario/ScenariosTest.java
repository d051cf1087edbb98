package io.magpie.load.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.magpie.load.Refusal;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  @Test
  void an_unknown_name_is_answered_with_those_that_there_are() {
    Refusal refusal = assertThrows(Refusal.class, () -> Scenarios.named("group-chatt"));
    for (LoadScenario scenario : Scenarios.all()) {
      assertTrue(refusal.getMessage().contains(scenario.name()), refusal.getMessage());
    }
  }

  @Test
  void each_name_stands_for_one_scenario() {
    for (LoadScenario scenario : Scenarios.all()) {
      assertEquals(scenario, Scenarios.named(scenario.name()));
    }
  }
}
