package io.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.load.Counts;
import io.magpie.bench.workload.Figure;
import io.magpie.bench.workload.Loads;
import io.magpie.bench.workload.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final Counts WHOLE = new Counts(1, 1, 0, 1, 1, 0, 0, 0, 0, Map.of());

  @TempDir private Path directory;

  private static Result w2(String target, String load, double speed) {
    return new Result(
        target,
        "W2 dense",
        load,
        Map.of(Figure.DELIVERIES_PER_SECOND, speed, Figure.CPU_PER_MILLION, 12.5, Figure.P99, 40.0),
        Map.of("server", 1.0),
        WHOLE);
  }

  private static Run run() {
    return Run.empty()
        .with(Map.of("memory", "1"), "A", List.of("raised=1"), List.of(w2("A", "maximum", 540_000)))
        .with(
            Map.of("memory", "2"),
            Tables.REFERENCE,
            List.of(),
            List.of(
                w2(Tables.REFERENCE, "maximum", 36_000),
                w2(Tables.REFERENCE, "half of it", 18_000)));
  }

  @Test
  void ratios_are_to_what_most_teams_build() {
    String page = new Page(run(), directory).markdown();
    assertThat(page).contains("| A | 540,000 | 15× |").contains("| 36,000 | 1.0× |");
    assertThat(page).contains("- memory: 2").contains("- A: raised=1");
    assertThat(page).doesNotContain("W3").doesNotContain("W5");
  }

  @Test
  void an_overload_says_that_nothing_was_lost_and_how_it_refused() {
    Counts counts = new Counts(100, 20, 80, 40, 40, 0, 0, 0, 0, Map.of());
    Map<Figure, Double> flood =
        Map.of(Figure.OFFERED, 50_000.0, Figure.ACCEPTED_PERCENT, 20.0, Figure.KIB_PEAK, 512_000.0);
    Map<Figure, Double> refused = Map.of(Figure.REFUSED_PERCENT, 80.0, Figure.P99, 12.0);
    List<Result> found =
        List.of(
            new Result(
                "A", "overload", Loads.before(10), Map.of(Figure.ACK_P99, 9.0), Map.of(), counts),
            new Result("A", "overload", Loads.times(10), flood, Map.of(), counts),
            new Result(
                "A",
                "overload",
                Loads.refused(Loads.times(10), "busy"),
                refused,
                Map.of(),
                counts));
    Run run = Run.empty().with(Map.of(), "A", List.of(), found);
    assertThat(new Page(run, directory).markdown())
        .contains("| A | 10 times | – | 50,000 | 20.0 % |", "| 9.00 / – |", "/ 500 /")
        .contains("| 0 | 0 | 0 |")
        .contains("| A | 10 times | busy | 80.0 % | – | 12.0 |");
  }

  @Test
  void a_big_database_is_compared_with_a_small_one() {
    List<Result> found =
        List.of(
            reading("page, small", Map.of(Figure.P99, 3.0)),
            reading("page, big", Map.of(Figure.P50, 2.0, Figure.P99, 4.5)),
            reading("big", Map.of(Figure.MESSAGES, 1e7, Figure.MIB_DATABASE, 7_000.0)));
    Run run = Run.empty().with(Map.of(), "A", List.of(), found);
    assertThat(new Page(run, directory).markdown())
        .contains("| A | page | – / 3.00 / – | 2.00 / 4.50 / – | 1.5 |")
        .contains("| A | big | 10,000,000 | – | 7,000 |");
  }

  private static Result reading(String load, Map<Figure, Double> figures) {
    return new Result("A", "stored", load, figures, Map.of(), Counts.NONE);
  }

  @Test
  void newer_results_take_the_place_of_older_ones_of_the_same_target_and_workload() {
    Run again = run().with(Map.of(), "A", List.of(), List.of(w2("A", "maximum", 72_000)));
    assertThat(again.results()).hasSize(3);
    assertThat(new Page(again, directory).markdown()).contains("| A | 72,000 | 2.0× |");
  }

  @Test
  void a_run_is_read_as_it_was_written() {
    Path file = directory.resolve("results.json");
    run().write(file);
    assertThat(Run.read(file)).isEqualTo(run());
  }

  @Test
  void tables_go_into_their_place_of_a_document() throws IOException {
    Path document = directory.resolve("page.md");
    String text = "before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n";
    Files.writeString(document, text);
    new Page(run(), directory).into(document);
    new Page(run(), directory).into(document);
    assertThat(Files.readString(document))
        .startsWith("before\n<!-- results -->\n\n### W2 dense")
        .endsWith("\n<!-- end of results -->\nafter\n")
        .containsOnlyOnce("| A | 540,000 |")
        .doesNotContain("old");
  }

  @Test
  void charts_are_well_formed() throws IOException {
    new Page(run(), directory).write();
    for (String name : List.of("w2-dense-cpu.svg", "w2-sparse-p99.svg")) {
      assertThat(Files.readString(directory.resolve(name))).satisfies(PageTest::wellFormed);
    }
    assertThat(Files.readString(directory.resolve("w2-dense-p99.svg"))).contains("polyline");
  }

  private static void wellFormed(String svg) throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.parse(new org.xml.sax.InputSource(new java.io.StringReader(svg)));
  }
}
