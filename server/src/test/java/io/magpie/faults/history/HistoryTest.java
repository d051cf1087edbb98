package io.magpie.faults.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as they are written and read back. */
class HistoryTest {
  @TempDir private Path directory;

  @Test
  void faults_are_read_as_they_were_written_and_in_the_order_of_time() throws IOException {
    Path driver =
        file(
            """
            {"t":1,"at":"2026-01-01T00:00:00Z","op":"device","client":"a","user":"A","more":1}
            {"t":9000000000000000,"op":"send","phase":"ok","client":"a","clientId":"m","seq":7}
            """);
    Path faults = directory.resolve("faults.jsonl");
    try (HistoryWriter writer = new HistoryWriter(faults)) {
      HistoryWriter.OpenFault fault = writer.begin("F01", "kill -9 n2");
      fault.healing();
      fault.end(true, "pid 7 is gone");
    }
    History history = History.read(List.of(faults, driver));
    assertThat(history.torn()).isZero();
    assertThat(history.lines()).hasSize(5);
    assertThat(history.lines().get(0)).isEqualTo(new Line.Device(1, "a", "A", ""));
    Line.Fault begun = (Line.Fault) history.lines().get(1);
    assertThat(begun)
        .isEqualTo(new Line.Fault(begun.t(), Phase.INVOKE, "F01-1", "F01", "kill -9 n2"));
    Line.Fault ended = (Line.Fault) history.lines().get(3);
    assertThat(ended)
        .isEqualTo(new Line.Fault(ended.t(), Phase.OK, "F01-1", "F01", "pid 7 is gone"));
    assertThat(history.lines().get(4))
        .isEqualTo(new Line.Send(9_000_000_000_000_000L, Phase.OK, "a", "", "m", 7, "", ""));
  }

  @Test
  void a_last_line_that_is_cut_off_is_left_out() throws IOException {
    Path file = file("{\"t\":1,\"op\":\"mark\",\"what\":\"load\"}\n");
    Files.writeString(file, "{\"t\":2,\"op\":\"ma", StandardOpenOption.APPEND);
    History history = History.read(List.of(file));
    assertThat(history.lines()).containsExactly(new Line.Mark(1, "load", ""));
    assertThat(history.torn()).isEqualTo(1);
  }

  @Test
  void any_other_line_that_is_no_line_is_named() throws IOException {
    Path file = file("{\"t\":1,\"op\":\"mar\n{\"t\":2,\"op\":\"mark\",\"what\":\"load\"}\n");
    assertThatThrownBy(() -> History.read(List.of(file))).hasMessageContaining(file + ":1");
  }

  private Path file(String text) throws IOException {
    Path file = directory.resolve("driver.jsonl");
    Files.writeString(file, text);
    return file;
  }
}
