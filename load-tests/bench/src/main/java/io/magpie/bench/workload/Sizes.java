package io.magpie.bench.workload;

import java.util.EnumMap;
import java.util.Map;

/** Sizes of what PostgreSQL keeps, as figures. */
final class Sizes {
  private static final double MIB = 1024.0 * 1024;

  private static final Map<String, Figure> FIGURES =
      Map.of(
          "database", Figure.MIB_DATABASE,
          "event", Figure.MIB_EVENTS,
          "event_pkey", Figure.MIB_EVENT_KEY,
          "event_listed", Figure.MIB_EVENT_LISTED,
          "event_thread", Figure.MIB_EVENT_THREAD,
          "client_write", Figure.MIB_WRITES,
          "client_write_pkey", Figure.MIB_WRITE_KEY);

  private Sizes() {}

  /**
   * Those that are known.
   *
   * @param bytes by the name of the table or index, its partitions included
   */
  static Map<Figure, Double> of(Map<String, Long> bytes) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    FIGURES.forEach((name, figure) -> figures.put(figure, bytes.getOrDefault(name, 0L) / MIB));
    return figures;
  }
}
