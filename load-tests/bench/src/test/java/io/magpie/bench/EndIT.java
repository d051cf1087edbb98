package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.process.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a run that somebody stopped, or that failed: nothing. */
class EndIT {
  /** Takes a moment to end, and writes into its directory until then. */
  private static final String PROGRAM =
      """
      trap 'for i in 1 2 3 4 5; do sleep 0.1; echo > end-$i; done; exit' TERM
      echo > ready
      while :; do sleep 0.1; done
      """;

  /** A run with one program: {@code fails} does so, others wait until they are stopped. */
  static final class Run {
    public static void main(String[] args) throws IOException, InterruptedException {
      Path directory = RunDirectory.make();
      List<String> command = List.of("sh", "-c", PROGRAM);
      Child child = Child.start("program", directory, "", command, Map.of());
      child.await(() -> Files.exists(directory.resolve("ready")));
      System.out.println(directory);
      System.out.println(child.pid());
      if (List.of(args).contains("fails")) {
        throw new IllegalStateException("The server is gone");
      }
      Thread.currentThread().join();
    }
  }

  private static Process run(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void a_run_that_is_stopped_leaves_no_program_and_no_directory() throws Exception {
    Process run = run();
    leavesNothing(run, run::destroy, 128 + 15);
  }

  @Test
  void nor_does_one_that_failed() throws Exception {
    leavesNothing(run("fails"), () -> {}, 1);
  }

  private static void leavesNothing(Process run, Runnable stop, int exitCode) throws Exception {
    try (BufferedReader out = run.inputReader()) {
      Path directory = Path.of(out.readLine());
      long child = Long.parseLong(out.readLine());
      stop.run();
      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(exitCode);
      assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(directory).doesNotExist();
    } finally {
      run.destroyForcibly();
    }
  }
}
