package io.magpie.faults.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.magpie.faults.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The results of all cases of a run, in one directory. One process at a time. */
public final class FaultReport {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path directory;

  /**
   * @param directory gets {@code report.md}, {@code report.json}, {@code cases} and {@code failed}
   */
  public FaultReport(Path directory) {
    this.directory = directory;
  }

  /** Forgets the cases of earlier runs; histories that were kept stay. */
  public void clear() {
    try {
      for (Path file : caseFiles()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a case and rewrites the report. The history of one that is not as expected is copied.
   *
   * @param name as {@code F01}; one of the same name is replaced
   * @param figures more of this case, by name, such as {@code resume p99 ms}
   * @return where to look: the kept history, or the report
   */
  public synchronized Path add(
      String name,
      long seed,
      Verdict.Outcome expected,
      Verdict verdict,
      List<Path> history,
      Map<String, String> figures) {
    CaseResult result = CaseResult.of(name, seed, expected, verdict, figures);
    String file = name.replaceAll("[^A-Za-z0-9-]+", "-");
    try {
      Path cases = Files.createDirectories(directory.resolve("cases"));
      MAPPER.writeValue(cases.resolve(file + ".json").toFile(), result);
      write();
      if (result.asExpected()) {
        return directory.resolve("report.md");
      }
      return keep(directory.resolve("failed").resolve(file + "-" + seed), verdict, history);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path keep(Path kept, Verdict verdict, List<Path> history) throws IOException {
    Files.createDirectories(kept);
    for (Path file : history) {
      Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(kept.resolve("verdict.txt"), verdict + "\n");
    return kept;
  }

  private void write() throws IOException {
    List<CaseResult> results = new ArrayList<>();
    for (Path file : caseFiles()) {
      results.add(MAPPER.readValue(file.toFile(), CaseResult.class));
    }
    MAPPER.writeValue(directory.resolve("report.json").toFile(), results);
    Files.writeString(directory.resolve("report.md"), Markdown.of(results));
  }

  private List<Path> caseFiles() throws IOException {
    Path cases = directory.resolve("cases");
    if (!Files.isDirectory(cases)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cases)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
