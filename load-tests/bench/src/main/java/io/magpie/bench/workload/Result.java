package io.magpie.bench.workload;

import io.magpie.bench.load.Counts;
import java.util.Map;

/**
 * One measurement.
 *
 * @param target who was measured
 * @param workload its short name, such as W2 dense
 * @param load what was asked of it, such as a rate in deliveries a second
 * @param figures by the names of {@link Figure}
 * @param cpu seconds by kind of process, in the measured time
 * @param counts of everything that was sent
 */
public record Result(
    String target,
    String workload,
    String load,
    Map<Figure, Double> figures,
    Map<String, Double> cpu,
    Counts counts) {
  /** 0 where it was not measured. */
  public double figure(Figure figure) {
    return figures.getOrDefault(figure, 0.0);
  }

  public Result as(String otherLoad) {
    return new Result(target, workload, otherLoad, figures, cpu, counts);
  }
}
