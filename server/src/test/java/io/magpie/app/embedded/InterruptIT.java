package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server that is told to stop takes its services with it. */
class InterruptIT {
  @TempDir Path directory;

  @Test
  void ctrl_c_on_the_terminal_stops_server_and_services_cleanly() throws Exception {
    try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.signalGroup("INT");
      launcher.awaitLine("stopped");
      assertThat(launcher.awaitExit()).isEqualTo(128 + 2);
      assertStoppedCleanly(ready);
    }
  }

  @Test
  void ctrl_c_reaches_the_server_though_the_parent_that_reads_its_output_dies_first()
      throws Exception {
    // The parent stands for Maven: same group, dies of the signal at once.
    List<String> parent =
        List.of("sh", "-c", "\"$@\" & wait", "parent", "env", "--default-signal=INT");
    List<String> line = Stream.concat(parent.stream(), Launcher.java(directory).stream()).toList();
    try (Launcher launcher = Launcher.start(line)) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.closeOutput();
      launcher.signalGroup("INT");
      launcher.awaitExit();
      awaitGone(ready);
      assertStoppedCleanly(ready);
    }
  }

  @Test
  void a_server_that_was_asked_to_follows_its_parent() throws Exception {
    List<String> java = new ArrayList<>(Launcher.java(directory));
    java.add(1, "-Dmagpie.stopWithParent=true");
    List<String> parent = List.of("sh", "-c", "\"$@\" & wait", "parent");
    try (Launcher launcher =
        Launcher.start(Stream.concat(parent.stream(), java.stream()).toList())) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.signal("KILL");
      awaitGone(ready);
      assertStoppedCleanly(ready);
    }
  }

  @Test
  void terminate_is_the_same_also_when_nobody_reads_the_output() throws Exception {
    try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.closeOutput();
      launcher.signal("TERM");
      assertThat(launcher.awaitExit()).isEqualTo(128 + 15);
      assertStoppedCleanly(ready);
    }
  }

  @Test
  void an_interrupt_in_the_middle_of_the_start_leaves_nothing_running() throws Exception {
    for (String unfinished : List.of("bin", "postgres", "run/postgres", "run/redis-server")) {
      try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
        Path sign = directory.resolve(unfinished);
        while (launcher.isRunning() && !Files.exists(sign)) {
          Thread.onSpinWait();
        }
        launcher.signalGroup("INT");
        launcher.awaitExit();
      }
      try (var processes = ProcessHandle.allProcesses()) {
        assertThat(processes.map(process -> process.info().command().orElse("")))
            .as("after " + unfinished)
            .noneMatch(command -> command.startsWith(directory.toString()));
      }
    }
  }

  @Test
  void an_interrupt_between_the_services_and_the_rest_of_the_start_stops_them() throws Exception {
    List<String> java = new ArrayList<>(Launcher.java(directory));
    java.add(1, "-D" + LauncherMain.UNFINISHED + "=true");
    try (Launcher launcher = Launcher.start(java)) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.signalGroup("INT");
      launcher.awaitExit();
      assertStoppedCleanly(ready);
    }
  }

  @Test
  void the_services_are_out_of_reach_of_the_terminal() throws Exception {
    try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
      Launcher.Ready ready = launcher.awaitReady();
      assertThat(session(launcher.pid())).isNotEqualTo(session(ready.postgres().pid()));
      assertThat(session(launcher.pid())).isNotEqualTo(session(ready.redis().pid()));
    }
  }

  /** Fields 5 and 6 of stat: process group and session. */
  private static List<String> session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")).subList(2, 4);
  }

  /** The server's last step is to forget its services. */
  private void awaitGone(Launcher.Ready ready) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end && (ready.anyRuns() || Files.exists(recordOfPostgres()))) {
      Thread.onSpinWait();
    }
  }

  private Path recordOfPostgres() {
    return directory.resolve("run/postgres");
  }

  private void assertStoppedCleanly(Launcher.Ready ready) throws IOException {
    assertThat(ready.anyRuns()).isFalse();
    try (var logs = Files.list(directory.resolve("postgres/data/log"))) {
      String log =
          logs.map(path -> Disk.attempt("reading", path, () -> Files.readString(path)))
              .collect(Collectors.joining());
      assertThat(log).contains("received fast shutdown request").contains("is shut down");
    }
    assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(directory.resolve("run")).isEmptyDirectory();
  }
}
