package io.magpie.faults.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What happened, in the order of its times. Several files, one of each writer, make one history.
 *
 * @param torn last lines that were cut off in the middle, as a killed writer leaves them
 */
public record History(List<Line> lines, int torn) {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Line.class);

  public History {
    lines = List.copyOf(lines);
  }

  /**
   * Reads files, each of which may end in the middle of a line.
   *
   * @throws IllegalStateException naming file and line where any other line cannot be read
   */
  public static History read(List<Path> files) {
    List<Line> lines = new ArrayList<>();
    int torn = 0;
    for (Path file : files) {
      torn += read(file, lines) ? 1 : 0;
    }
    lines.sort(Comparator.comparingLong(Line::t));
    return new History(lines, torn);
  }

  /** Whether the last line was torn. */
  private static boolean read(Path file, List<Line> lines) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String next = reader.readLine();
      for (int number = 1; next != null; number++) {
        String text = next;
        next = reader.readLine();
        try {
          lines.add(READER.readValue(text));
        } catch (JsonProcessingException e) {
          if (next == null) {
            return true;
          }
          throw new IllegalStateException(file + ":" + number + " is no line: " + text, e);
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
