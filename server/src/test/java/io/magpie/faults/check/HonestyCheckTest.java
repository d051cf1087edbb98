package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Phase;
import org.junit.jupiter.api.Test;

/** A database that is away. */
class HonestyCheckTest {
  @Test
  void I13_a_send_hangs_while_the_database_is_away() {
    Story story = good();
    story.fault("F19", () -> story.pause(5_000).tried("a", "m1", Phase.INFO, 4_500));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.databaseAway("F19"));
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(Invariant.I13);
  }

  @Test
  void I13_an_ack_while_the_database_is_away() {
    Story story = good();
    story.fault("F19", () -> story.pause(5_000).say("a", "g", "m9").pause(10));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.databaseAway("F19"));
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(Invariant.I13);
  }
}
