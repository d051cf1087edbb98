package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with {@link LauncherMain}, in a process group of its own. */
final class Launcher implements AutoCloseable {
  private static final long SECONDS = 90;

  private final Process process;
  private final BufferedReader out;

  private Launcher(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What {@code ready} told. */
  record Ready(ProcessMark postgres, ProcessMark redis, String ownerUri) {
    boolean anyRuns() {
      return postgres.isRunning() || redis.isRunning();
    }
  }

  /** The command that runs {@link LauncherMain} with this class path. */
  static List<String> java(String classPath, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, LauncherMain.class.getName()));
    line.addAll(List.of(arguments));
    return line;
  }

  static List<String> java(Path data) {
    return java(System.getProperty("java.class.path"), data.toString());
  }

  /**
   * Starts a command. Our child leads no group, so {@code setsid} execs and keeps the pid; a signal
   * that this JVM inherited as ignored counts again.
   */
  static Launcher start(List<String> command) throws IOException {
    List<String> line = new ArrayList<>(List.of("setsid"));
    if (Command.works(List.of("env", "--default-signal=INT", "true"))) {
      line.addAll(List.of("env", "--default-signal=INT"));
    }
    line.addAll(command);
    return new Launcher(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.PIPE).start());
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  Ready awaitReady() throws IOException {
    String line = awaitLine("ready");
    String[] parts = line.split(" ");
    return new Ready(mark(parts[1]), mark(parts[2]), parts[3]);
  }

  private static ProcessMark mark(String pid) {
    return ProcessMark.ofRunning(Long.parseLong(pid)).orElseThrow();
  }

  /** Reads on until a line starts so. */
  String awaitLine(String start) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
      read.append(line).append('\n');
    }
    throw new AssertionError("it ended with " + read + errors());
  }

  String errors() {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal to this process alone. */
  void signal(String name) {
    assertThat(Command.works(List.of("sh", "-c", "kill -" + name + " " + pid()))).isTrue();
  }

  /** Sends a signal to its whole group, as a terminal does. */
  void signalGroup(String name) {
    assertThat(Command.works(List.of("sh", "-c", "kill -" + name + " -" + pid()))).isTrue();
  }

  /** Nobody reads its output any more. */
  void closeOutput() throws IOException {
    out.close();
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
