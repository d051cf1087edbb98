package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowDigestTest {
  private static RowDigest of(String... pieces) {
    RowDigest digest = new RowDigest();
    for (String piece : pieces) {
      byte[] bytes = ("__" + piece).getBytes(StandardCharsets.UTF_8);
      digest.update(bytes, 2, bytes.length - 2);
    }
    return digest;
  }

  @Test
  void pieces_do_not_matter_and_neither_does_the_order_of_rows() {
    String value = of("a\tb\n", "c\n").value();
    assertThat(of("a\tb\nc\n").value()).isEqualTo(value);
    assertThat(of("a", "\t", "b\nc", "\n").value()).isEqualTo(value);
    assertThat(of("c\na\tb\n").value()).isEqualTo(value);
    assertThat(of("a\tb\n", "c\n").rows()).isEqualTo(2);
  }

  @Test
  void every_row_matters_also_one_that_comes_twice() {
    assertThat(
            List.of(
                of("").value(),
                of("\n").value(),
                of("a\n").value(),
                of("a\na\n").value(),
                of("a\nb\n").value(),
                of("ab\n").value(),
                of("a\nc\n").value()))
        .doesNotHaveDuplicates();
  }

  @Test
  void an_unfinished_row_is_told() {
    assertThat(of("a\nb").insideOfRow()).isTrue();
    assertThat(of("a\nb", "\n").insideOfRow()).isFalse();
  }

  @Test
  void sums_do_not_depend_on_how_many_rows_carry_over() {
    Random random = new Random(7);
    RowDigest forward = new RowDigest();
    RowDigest backward = new RowDigest();
    List<byte[]> rows =
        random.ints(500).mapToObj(n -> (n + "\n").getBytes(StandardCharsets.UTF_8)).toList();
    for (int i = 0; i < rows.size(); i++) {
      byte[] last = rows.get(rows.size() - 1 - i);
      forward.update(rows.get(i), 0, rows.get(i).length);
      backward.update(last, 0, last.length);
    }
    assertThat(forward.value()).isEqualTo(backward.value()).hasSize(64);
  }
}
