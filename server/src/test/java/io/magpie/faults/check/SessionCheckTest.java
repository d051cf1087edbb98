package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that were ended. */
class SessionCheckTest {
  /** Long after the fault of the good history. */
  private static Story ended() {
    Story story = good().pause(10_000);
    return story.line(new Line.Revoke(story.now(), Phase.OK, "session of a"));
  }

  private static Verdict underFault(long millis, Rules rules) {
    Story story = good().pause(10_000);
    story.fault(
        "F38",
        () -> {
          story.line(new Line.Revoke(story.now(), Phase.OK, "session of a"));
          story.pause(millis).down("a").pause(100);
        });
    return Checker.judge(story.finish().history(), rules);
  }

  @Test
  void a_session_that_is_gone_in_time_is_well() {
    Verdict verdict = Checker.judge(ended().pause(900).down("a").finish().history(), RULES);
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void I9_an_ended_session_stays_connected_and_sends() {
    Story story = ended().pause(6_000);
    assertBroken(story.say("a", "g", "m9").down("a").finish(), Invariant.I9);
  }

  @Test
  void I9_it_stays_connected_for_more_than_a_second_though_nothing_is_wrong() {
    assertBroken(ended().pause(1_100).down("a").finish(), Invariant.I9);
  }

  @Test
  void I9_on_a_machine_that_answers_nothing_in_time_the_longer_bound_holds() {
    Story story = good().pause(10_000).invoke("b", "g", "m9").pause(600);
    long seq = story.store("g", "message.sent", "m9", "hash of m9", List.of());
    story.ack("b", "g", "m9", seq);
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    story.line(new Line.Revoke(story.now(), Phase.OK, "session of a")).pause(4_000).down("a");
    Verdict slow = Checker.judge(story.finish().history(), RULES.also(Rules.Proof.REVOCATION));
    assertThat(slow.violations()).isEmpty();
    assertThat(slow.doubts()).anyMatch(doubt -> doubt.contains("within PT1S"));
    story.without(line -> line instanceof Line.Link link && link.state().equals("down"));
    assertBroken(story.pause(6_000).down("a"), Invariant.I9);
  }

  @Test
  void I9_it_may_take_longer_without_Redis_but_not_for_ever() {
    Rules rules = RULES.redisAway("F38");
    assertThat(underFault(4_000, rules).valid()).isTrue();
    assertThat(underFault(5_100, rules).broken()).containsExactly(Invariant.I9);
  }
}
