package io.magpie.app.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service that runs as our child: in a session of its own, so that Ctrl-C on the terminal reaches
 * the server alone and the server decides when its services stop; and recorded on disk, so that the
 * next start finds it when this one is killed.
 */
final class Child {
  private static final boolean HAS_SETSID = Command.works(List.of("setsid", "true"));

  private final Process process;
  private final Path output;
  private final Path markFile;
  private final Optional<ProcessMark> mark;

  private Child(Process process, Path output, Path markFile, Optional<ProcessMark> mark) {
    this.process = process;
    this.output = output;
    this.markFile = markFile;
    this.mark = mark;
  }

  /**
   * Starts a service.
   *
   * @param name the name of its executable, also the name of its record and its output file
   * @param command the whole command line; it must exec, not fork, what it wraps
   */
  static Child start(DataDirectory directory, String name, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>();
    if (HAS_SETSID) {
      line.add("setsid");
    }
    line.addAll(command);
    Path output = directory.log(name + ".out");
    ProcessBuilder builder = new ProcessBuilder(line);
    Command.cleanEnvironment(builder.environment());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.start();
    Path markFile = directory.run().resolve(name);
    Optional<ProcessMark> mark =
        ProcessMark.ofRunning(process.pid()).map(running -> running.as(name));
    try {
      if (mark.isPresent()) {
        mark.get().write(markFile);
      }
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    return new Child(process, output, markFile, mark);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What the service wrote to its own outputs so far. */
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  /** Ends the service by these steps, each tried when the one before did not help in time. */
  void stop(List<StopStep> steps) throws IOException {
    if (mark.isPresent()) {
      StopStep.perform(mark.get(), steps);
    } else if (process.isAlive()) {
      process.destroyForcibly();
    }
    Files.deleteIfExists(markFile);
  }

  /** Waits a moment between two looks at something that has no notification. */
  static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
