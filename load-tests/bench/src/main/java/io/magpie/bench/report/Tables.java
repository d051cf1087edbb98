package io.magpie.bench.report;

import io.magpie.bench.workload.Figure;
import io.magpie.bench.workload.Loads;
import io.magpie.bench.workload.Ratios;
import io.magpie.bench.workload.Result;
import java.util.ArrayList;
import java.util.List;

/** The tables of a run, one for each workload, with ratios to what most teams build. */
final class Tables {
  static final String REFERENCE = "Socket.IO + Redis + PostgreSQL";

  private final Run run;

  Tables(Run run) {
    this.run = run;
  }

  private List<String> targets(String workload) {
    return run.results(workload).map(Result::target).distinct().toList();
  }

  private double figure(String workload, String target, String load, Figure figure) {
    return run.at(workload, target, load).map(result -> result.figure(figure)).orElse(0.0);
  }

  /** W1: times at a small load, on a process that has just started. */
  String fresh() {
    List<Figure> figures =
        List.of(
            Figure.P50,
            Figure.P95,
            Figure.P99,
            Figure.MAX,
            Figure.ACK_P50,
            Figure.ACK_P99,
            Figure.CPU_PER_MILLION);
    Table table = new Table(titles("delivered", figures, "CPU seconds"));
    run.results("W1").forEach(result -> table.row(row(result, figures)));
    return table.markdown();
  }

  private static List<String> titles(String first, List<Figure> figures, String last) {
    List<String> titles = new ArrayList<>(List.of("server"));
    titles.add(first + " " + figures.get(0).title());
    figures.stream().skip(1).map(Figure::title).forEach(titles::add);
    titles.add(last);
    return titles;
  }

  private static List<String> row(Result result, List<Figure> figures) {
    List<String> cells = new ArrayList<>(List.of(name(result)));
    figures.forEach(figure -> cells.add(Numbers.of(result.figure(figure))));
    cells.add(Numbers.cpu(result.cpu()));
    return cells;
  }

  /** What went wrong is said where the figure is. */
  static String name(Result result) {
    return result.counts().whole() ? result.target() : result.target() + " (not whole)";
  }

  /**
   * W2: the most that comes out, and what a delivery costs.
   *
   * @param loads fixed ones, as they are named
   */
  String most(String workload, List<String> loads) {
    List<String> titles =
        new ArrayList<>(
            List.of(
                "server", "most deliveries/s", "ratio", "p50 / p99 / max ms", "p99 ms at half"));
    titles.addAll(List.of("CPU-s/1M at most", "at half"));
    loads.forEach(load -> titles.add("at " + load));
    titles.add("CPU seconds at most");
    Table table = new Table(titles);
    double reference = figure(workload, REFERENCE, Loads.MAXIMUM, Figure.DELIVERIES_PER_SECOND);
    for (String target : targets(workload)) {
      run.at(workload, target, Loads.MAXIMUM)
          .ifPresent(most -> table.row(mostRow(most, loads, reference)));
    }
    return table.markdown();
  }

  private List<String> mostRow(Result most, List<String> loads, double reference) {
    String target = most.target();
    String workload = most.workload();
    double speed = most.figure(Figure.DELIVERIES_PER_SECOND);
    List<String> cells = new ArrayList<>(List.of(target, Numbers.of(speed)));
    cells.add(Numbers.times(Ratios.times(speed, reference)));
    cells.add(Numbers.of(most, Figure.P50, Figure.P99, Figure.MAX));
    cells.add(Numbers.of(figure(workload, target, Loads.HALF, Figure.P99)));
    cells.add(Numbers.of(most.figure(Figure.CPU_PER_MILLION)));
    cells.add(Numbers.of(figure(workload, target, Loads.HALF, Figure.CPU_PER_MILLION)));
    for (String load : loads) {
      cells.add(Numbers.of(figure(workload, target, load, Figure.CPU_PER_MILLION)));
    }
    cells.add(Numbers.cpu(most.cpu()));
    return cells;
  }

  /** W3: memory of a connection. */
  String idle() {
    List<Figure> figures =
        List.of(Figure.KIB_PER_CONNECTION, Figure.KIB_PER_CONNECTION_BEFORE_GC, Figure.KIB_SERVER);
    return withLoads("W3", "idle", figures, titles("resident", figures, "CPU seconds in 30 s"));
  }

  /** W4 or the resume storm: all at once. */
  String storm(String workload) {
    List<Figure> figures =
        List.of(Figure.SECONDS, Figure.P50, Figure.P99, Figure.MAX, Figure.CPU_MS_PER_CLIENT);
    return withLoads(workload, "time", figures, titles("all done:", figures, "CPU seconds"));
  }

  /** The load as the second column. */
  private String withLoads(
      String workload, String load, List<Figure> figures, List<String> titles) {
    titles.add(1, load);
    Table table = new Table(titles);
    run.results(workload)
        .forEach(
            result -> {
              List<String> cells = row(result, figures);
              cells.add(1, result.load());
              table.row(cells);
            });
    return table.markdown();
  }

  /** W5: the most sends that are acknowledged. */
  String sends() {
    Table table =
        new Table(
            List.of(
                "server",
                "most acked sends/s",
                "ratio",
                "ack p50 / p99 / max ms",
                "ack p99 ms at half",
                "CPU ms/send at most",
                "CPU seconds at most"));
    double reference = figure("W5", REFERENCE, Loads.MAXIMUM, Figure.SENDS_PER_SECOND);
    for (String target : targets("W5")) {
      run.at("W5", target, Loads.MAXIMUM)
          .ifPresent(
              most ->
                  table.row(
                      List.of(
                          target,
                          Numbers.of(most.figure(Figure.SENDS_PER_SECOND)),
                          Numbers.times(
                              Ratios.times(most.figure(Figure.SENDS_PER_SECOND), reference)),
                          Numbers.of(most, Figure.ACK_P50, Figure.ACK_P99, Figure.ACK_MAX),
                          Numbers.of(figure("W5", target, Loads.HALF, Figure.ACK_P99)),
                          Numbers.of(most.figure(Figure.CPU_MS_PER_SEND)),
                          Numbers.cpu(most.cpu()))));
    }
    return table.markdown();
  }
}
