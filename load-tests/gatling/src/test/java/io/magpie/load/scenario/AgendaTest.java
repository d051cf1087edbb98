package io.magpie.load.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgendaTest {
  @Test
  void a_user_looks_at_what_arrived_once_a_second_at_least() {
    Agenda agenda = new Agenda(Schedule.never(), 0, 10_000);
    assertEquals(Duration.ofSeconds(1), agenda.rest(0));
    assertEquals(Duration.ofMillis(200), agenda.rest(9_800));
    assertFalse(agenda.due(9_999));
    assertTrue(agenda.over(10_000));
  }

  @Test
  void a_slow_answer_does_not_shift_what_comes_next() {
    Agenda agenda = new Agenda(before -> before + 100, 0, 10_000);
    assertTrue(agenda.due(100));
    agenda.done(); // At 350, say.
    assertTrue(agenda.due(350));
    agenda.done();
    assertEquals(Duration.ZERO, agenda.rest(350));
    agenda.done();
    assertEquals(Duration.ofMillis(50), agenda.rest(350));
  }

  @Test
  void random_distances_have_the_mean_that_was_asked_for() {
    Random random = new Random(7);
    Schedule schedule = Schedule.random(() -> Duration.ofMillis(500), random::nextDouble);
    long at = 0;
    for (int i = 0; i < 10_000; i++) {
      at = schedule.after(at);
    }
    assertEquals(500, at / 10_000.0, 25);
  }

  @Test
  void the_mean_intensity_of_a_day_is_the_rate_that_was_asked_for() {
    double sum = 0;
    for (int minute = 0; minute < 540; minute++) {
      sum += Day.intensity(minute / 540.0);
    }
    assertEquals(1, sum / 540, 0.05);
    assertTrue(Day.intensity(Day.NINE) > Day.intensity(Day.NINE - 0.01));
  }
}
