package io.magpie.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that the benchmark started, with its output in a file. It ends with the benchmark. */
public final class Child implements AutoCloseable {
  private static final Children ALL = new Children();

  /** The last checkpoint of a PostgreSQL that was written full may take half a minute. */
  private static final long PATIENCE_SECONDS = 60;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Child::endAll, "end-children"));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param cores on which it may run, as taskset wants them; empty for all
   * @param environment added to that of the benchmark
   * @throws IllegalStateException after {@link #endAll}
   */
  public static Child start(
      String name,
      Path directory,
      String cores,
      List<String> command,
      Map<String, String> environment) {
    List<String> whole = new ArrayList<>();
    if (!cores.isEmpty()) {
      whole.addAll(List.of("taskset", "-c", cores));
    }
    whole.addAll(command);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return ALL.add(() -> new Child(name, log, builder.start()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends every program that runs, the last one first, and waits until they are gone. From then on
   * none can be started.
   */
  public static void endAll() {
    ALL.end();
  }

  /** Whether {@link #endAll} was called, as it is when the benchmark is told to end. */
  public static boolean ending() {
    return ALL.over();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits until it is ready, a minute at most.
   *
   * @throws IllegalStateException with the end of its output
   */
  public Child await(BooleanSupplier ready) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IllegalStateException(name + " did not start:\n" + tail());
      }
      pause();
    }
    return this;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells it to end and waits; after a minute it is killed, with what it has started itself. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        kill();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    ALL.remove(this);
  }

  private void kill() {
    List<ProcessHandle> its = process.descendants().toList();
    process.destroyForcibly();
    its.forEach(ProcessHandle::destroyForcibly);
  }
}
