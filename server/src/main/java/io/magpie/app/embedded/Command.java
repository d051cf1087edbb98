package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a short program to its end. */
final class Command {
  private Command() {}

  /** How a program ended and what it said on both of its outputs. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** The environment of every child: nothing of ours leaks in, messages are in English. */
  static void cleanEnvironment(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
  }

  /** Whether a program of this name is on the path and does what these arguments ask. */
  static boolean works(List<String> command) {
    try {
      Process process = start(command, ProcessBuilder.Redirect.DISCARD);
      return ended(process, Duration.ofSeconds(10)) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs {@code command} and collects its output in {@code log}.
   *
   * @throws StartFailure {@code child-too-slow} when it has not ended in time; it is killed then
   */
  static Outcome run(List<String> command, Path log, Duration deadline) throws IOException {
    Process process = start(command, ProcessBuilder.Redirect.to(log.toFile()));
    if (!ended(process, deadline)) {
      throw new StartFailure(
          "child-too-slow",
          Path.of(command.get(0)).getFileName()
              + " did not end within "
              + deadline.toSeconds()
              + " s and was stopped; its output is in "
              + log
              + ".");
    }
    return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.ISO_8859_1));
  }

  private static Process start(List<String> command, ProcessBuilder.Redirect output)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    cleanEnvironment(builder.environment());
    builder.redirectErrorStream(true).redirectOutput(output);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder.start();
  }

  private static boolean ended(Process process, Duration deadline) {
    try {
      if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return false;
  }
}
