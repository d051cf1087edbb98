package io.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.load.Answers;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static BitSet bits(int... ids) {
    BitSet bits = new BitSet();
    for (int id : ids) {
      bits.set(id);
    }
    return bits;
  }

  private final Answers answers = new Answers(9, bits(0, 4, 5, 6), bits(1, 7));

  @Test
  void what_was_acknowledged_has_to_be_stored_and_what_was_refused_must_not() {
    Audit audit = new Audit(answers);
    audit.stored(List.of(0, 4, 6));
    audit.stored(List.of(7, 8));
    assertThat(audit.lost()).isEqualTo(1);
    assertThat(audit.refusedAndStored()).isEqualTo(1);
    assertThat(audit.twice()).isZero();
  }

  @Test
  void a_message_without_an_answer_may_be_there_or_not_but_once() {
    Audit audit = new Audit(answers);
    audit.stored(List.of(0, 4, 5, 6, 8, 8));
    assertThat(audit.lost()).isZero();
    assertThat(audit.refusedAndStored()).isZero();
    assertThat(audit.twice()).isEqualTo(1);
  }
}
