package io.magpie.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.magpie.bench.workload.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All results of a run, as they are kept.
 *
 * @param machine and versions, by what they are
 * @param notes of each target
 */
public record Run(
    Map<String, String> machine, Map<String, List<String>> notes, List<Result> results) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public static Run empty() {
    return new Run(Map.of(), Map.of(), List.of());
  }

  public static Run read(Path file) {
    try {
      return Files.exists(file) ? JSON.readValue(file.toFile(), Run.class) : empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one workload, in the order in which they came. */
  Stream<Result> results(String workload) {
    return results.stream().filter(result -> result.workload().equals(workload));
  }

  /** The last one of a target under a load. */
  Optional<Result> at(String workload, String target, String load) {
    return results(workload)
        .filter(result -> result.target().equals(target) && result.load().equals(load))
        .reduce((first, second) -> second);
  }

  /** With newer results of a target's workload in the place of those that are there. */
  public Run with(
      Map<String, String> newerMachine, String target, List<String> note, List<Result> newer) {
    List<Result> all = new ArrayList<>(results);
    for (Result result : newer) {
      all.removeIf(
          old ->
              results.contains(old)
                  && old.target().equals(target)
                  && old.workload().equals(result.workload()));
    }
    all.addAll(newer);
    Map<String, List<String>> allNotes = new TreeMap<>(notes);
    allNotes.put(target, note);
    return new Run(newerMachine, allNotes, all);
  }
}
