package io.magpie.bench;

import io.magpie.bench.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new directory for the data and logs of a run. It is removed when the program ends: when all is
 * done, when something failed and when somebody stopped it, behind the last program that writes.
 */
final class RunDirectory {
  private RunDirectory() {}

  static Path make() throws IOException {
    Path directory = Files.createTempDirectory("magpie-bench-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory), "remove-directory"));
    return directory;
  }

  private static void remove(Path directory) {
    Child.endAll();
    try {
      delete(directory);
    } catch (IOException | UncheckedIOException e) {
      System.err.println(directory + " is left: " + e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
