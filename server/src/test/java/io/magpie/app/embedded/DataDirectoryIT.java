package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import io.magpie.testkit.Jdbc;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryIT {
  @TempDir Path directory;

  @Test
  void what_was_committed_survives_a_restart_and_secrets_stay() throws Exception {
    String uri;
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedServices services = EmbeddedServices.start(data)) {
      uri = services.endpoints().postgresOwnerUri();
      Jdbc.execute(uri, "CREATE TABLE kept AS SELECT 'yes'::text AS word");
    }
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedServices services = EmbeddedServices.start(data)) {
      String again = services.endpoints().postgresOwnerUri();
      assertThat(Jdbc.one(again, "SELECT word FROM kept")).isEqualTo("yes");
      assertThat(again.replaceFirst(":\\d+/", "/")).isEqualTo(uri.replaceFirst(":\\d+/", "/"));
    }
    assertThat(Files.getPosixFilePermissions(directory.resolve("secrets"))).hasSize(2);
  }

  @Test
  void a_killed_server_s_services_are_stopped_by_the_next_start_and_no_commit_is_lost()
      throws Exception {
    Launcher.Ready orphaned;
    try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
      orphaned = launcher.awaitReady();
      Jdbc.execute(orphaned.ownerUri(), "CREATE TABLE kept AS SELECT 'yes'::text AS word");
      launcher.signal("KILL");
      launcher.awaitExit();
    }
    assertThat(orphaned.postgres().isRunning()).isTrue();
    assertThat(orphaned.redis().isRunning()).isTrue();

    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedServices services = EmbeddedServices.start(data)) {
      assertThat(orphaned.anyRuns()).isFalse();
      assertThat(Jdbc.one(services.endpoints().postgresUri(), "SELECT word FROM kept"))
          .isEqualTo("yes");
    }
  }

  @Test
  void after_everything_was_killed_the_stale_pid_file_is_no_obstacle() throws Exception {
    try (Launcher launcher = Launcher.start(Launcher.java(directory))) {
      Launcher.Ready ready = launcher.awaitReady();
      launcher.signal("KILL");
      launcher.awaitExit();
      for (ProcessMark mark : new ProcessMark[] {ready.postgres(), ready.redis()}) {
        ProcessHandle.of(mark.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    Path pidFile = directory.resolve("postgres/data/postmaster.pid");
    assertThat(pidFile).exists();
    // The pid is used again by now, by a process of the same user: PostgreSQL alone would refuse.
    String rest = Files.readString(pidFile).replaceFirst("^\\d+", "");
    Files.writeString(pidFile, ProcessHandle.current().pid() + rest);

    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedServices services = EmbeddedServices.start(data)) {
      assertThat(Jdbc.one(services.endpoints().postgresUri(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_second_server_is_refused_and_told_who_holds_the_directory() throws Exception {
    try (Launcher first = Launcher.start(Launcher.java(directory))) {
      Launcher.Ready ready = first.awaitReady();

      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOfSatisfying(
              StartFailure.class,
              failure -> assertThat(failure.code()).isEqualTo("data-directory-in-use"))
          .hasMessageContaining("process " + first.pid());
      try (Launcher second = Launcher.start(Launcher.java(directory))) {
        assertThat(second.awaitExit()).isEqualTo(LauncherMain.CANNOT_START);
        assertThat(second.errors())
            .startsWith("data-directory-in-use: ")
            .satisfies(text -> assertThat(text.lines()).hasSize(1));
      }
      assertThat(Jdbc.one(ready.ownerUri(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_taken_port_is_given_up_for_another() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        DataDirectory data = DataDirectory.open(directory)) {
      AtomicInteger picks = new AtomicInteger();
      Ports takenFirst =
          () -> picks.getAndIncrement() % 2 == 0 ? taken.getLocalPort() : Ports.FREE.pick();
      try (EmbeddedServices services = EmbeddedServices.startIn(data, takenFirst)) {
        assertThat(Jdbc.one(services.endpoints().postgresUri(), "SELECT 1")).isEqualTo("1");
        assertThat(picks).hasValue(4);
      }
    }
  }
}
