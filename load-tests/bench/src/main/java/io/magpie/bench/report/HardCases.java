package io.magpie.bench.report;

import io.magpie.bench.workload.Figure;
import io.magpie.bench.workload.Loads;
import io.magpie.bench.workload.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tables of the workloads that only Magpie takes part in; a table is empty without results. */
final class HardCases {
  private static final double KIB_PER_MIB = 1024;

  private final Run run;

  HardCases(Run run) {
    this.run = run;
  }

  private Optional<Result> at(Result beside, String load) {
    return run.at(beside.workload(), beside.target(), load);
  }

  private String at(Result beside, String load, Figure figure) {
    return at(beside, load)
        .map(result -> Numbers.of(result.figure(figure)))
        .orElse(Numbers.NOTHING);
  }

  /** What a flood of ten times the capacity did. */
  String flood() {
    Table table =
        new Table(
            List.of(
                "server",
                "load",
                "sends/s that it stands",
                "offered/s",
                "accepted",
                "ack p50 / p99 / max ms",
                "ack p99 ms at half, before / after",
                "resident MiB before / peak / after",
                "itself again after s",
                "connections lost",
                "acked, not stored",
                "refused, stored",
                "stored twice",
                "without an answer"));
    run.results("overload")
        .filter(result -> result.figure(Figure.OFFERED) > 0)
        .forEach(result -> table.row(flood(result)));
    return table.markdown();
  }

  private List<String> flood(Result result) {
    List<String> cells = new ArrayList<>(List.of(result.target(), result.load()));
    cells.add(Numbers.of(result.figure(Figure.STANDS)));
    cells.add(Numbers.of(result.figure(Figure.OFFERED)));
    cells.add(percent(result.figure(Figure.ACCEPTED_PERCENT)));
    cells.add(Numbers.of(result, Figure.ACK_P50, Figure.ACK_P99, Figure.ACK_MAX));
    cells.add(
        Numbers.joined(
            Stream.of(Loads.HALF + ", before ", Loads.HALF + ", after ")
                .map(load -> at(result, load + result.load(), Figure.ACK_P99))));
    cells.add(
        Numbers.joined(
            Stream.of(Figure.KIB_BEFORE, Figure.KIB_PEAK, Figure.KIB_AFTER)
                .map(figure -> Numbers.of(result.figure(figure) / KIB_PER_MIB))));
    cells.add(Numbers.decimal(result.figure(Figure.RECOVERED_SECONDS)));
    for (Figure figure :
        List.of(
            Figure.CONNECTIONS_LOST,
            Figure.ACKED_AND_LOST,
            Figure.REFUSED_AND_STORED,
            Figure.STORED_TWICE,
            Figure.UNANSWERED)) {
      cells.add(Numbers.count(result.figure(figure)));
    }
    return cells;
  }

  /** With what the flood was refused, and how soon. */
  String refusals() {
    Table table =
        new Table(List.of("server", "load", "refused with", "share", "p50 ms", "p99 ms", "max ms"));
    run.results("overload")
        .filter(result -> Loads.refusal(result.load()).length == 2)
        .forEach(
            result ->
                table.row(
                    List.of(
                        result.target(),
                        Loads.refusal(result.load())[0],
                        Loads.refusal(result.load())[1],
                        percent(result.figure(Figure.REFUSED_PERCENT)),
                        Numbers.of(result.figure(Figure.P50)),
                        Numbers.of(result.figure(Figure.P99)),
                        Numbers.of(result.figure(Figure.MAX)))));
    return table.markdown();
  }

  /** One group of many. */
  String group() {
    List<Figure> figures =
        List.of(
            Figure.WHOLE_P50,
            Figure.WHOLE_P99,
            Figure.P50,
            Figure.P99,
            Figure.ACK_P50,
            Figure.ACK_P99,
            Figure.CPU_PER_MILLION);
    List<String> titles = new ArrayList<>(List.of("server", "load"));
    figures.forEach(figure -> titles.add(figure.title()));
    titles.add("CPU seconds");
    Table table = new Table(titles);
    run.results("big group")
        .forEach(
            result -> {
              List<String> cells = new ArrayList<>(List.of(Tables.name(result), result.load()));
              figures.forEach(figure -> cells.add(Numbers.of(result.figure(figure))));
              cells.add(Numbers.cpu(result.cpu()));
              table.row(cells);
            });
    return table.markdown();
  }

  /** How long reading takes with few and with many messages stored. */
  String reading() {
    Table table =
        new Table(
            List.of(
                "server",
                "asked for",
                "small p50 / p99 / max ms",
                "big p50 / p99 / max ms",
                "p99 differs by ms"));
    run.results("stored")
        .filter(result -> result.load().endsWith(Loads.asked("", Loads.FEW)))
        .forEach(
            few -> at(few, Loads.inMany(few.load())).ifPresent(many -> table.row(of(few, many))));
    return table.markdown();
  }

  private static List<String> of(Result few, Result many) {
    return List.of(
        few.target(),
        Loads.question(few.load()),
        times(few),
        times(many),
        Numbers.decimal(many.figure(Figure.P99) - few.figure(Figure.P99)));
  }

  private static String times(Result result) {
    return Numbers.of(result, Figure.P50, Figure.P99, Figure.MAX);
  }

  /** What the stored messages take. */
  String sizes() {
    List<Figure> figures =
        List.of(
            Figure.MESSAGES,
            Figure.SECONDS,
            Figure.MIB_DATABASE,
            Figure.MIB_EVENTS,
            Figure.MIB_EVENT_KEY,
            Figure.MIB_EVENT_LISTED,
            Figure.MIB_WRITES,
            Figure.MIB_WRITE_KEY);
    List<String> titles = new ArrayList<>(List.of("server", "database"));
    figures.forEach(
        figure -> titles.add(figure == Figure.SECONDS ? "written in s" : figure.title()));
    Table table = new Table(titles);
    run.results("stored")
        .filter(result -> result.figure(Figure.MESSAGES) > 0)
        .forEach(
            result -> {
              List<String> cells = new ArrayList<>(List.of(result.target(), result.load()));
              figures.forEach(figure -> cells.add(Numbers.of(result.figure(figure))));
              table.row(cells);
            });
    return table.markdown();
  }

  private static String percent(double value) {
    return Numbers.decimal(value) + " %";
  }
}
