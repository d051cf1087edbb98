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
      Child child = new Child(name, log, builder.start());
      Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroy));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Tells it to end and waits; after 30 seconds it is killed. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
