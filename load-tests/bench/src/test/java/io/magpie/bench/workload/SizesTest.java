package io.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SizesTest {
  @Test
  void bytes_of_tables_and_indexes_become_figures_in_mib() {
    Map<Figure, Double> figures = Sizes.of(Map.of("database", 3L << 20, "event_listed", 1L << 19));
    assertThat(figures)
        .containsEntry(Figure.MIB_DATABASE, 3.0)
        .containsEntry(Figure.MIB_EVENT_LISTED, 0.5)
        .containsEntry(Figure.MIB_WRITE_KEY, 0.0);
  }
}
