package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that a killed server left running. They are found in two ways: by the record made when
 * they were started (pid, boot, start time and command must all agree, so a pid that was used again
 * is never taken for one), and, for the instant between start and record, by an executable that
 * lies in this data directory. The caller holds the lock of the directory.
 */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final DataDirectory directory;

  Orphans(DataDirectory directory) {
    this.directory = directory;
  }

  /** Stops all orphans and forgets their records. */
  void stop() {
    Disk.attempt(
        "Stopping the services of a killed server",
        directory.root(),
        () -> {
          List<Path> records = Disk.list(directory.run());
          Set<ProcessMark> found = new LinkedHashSet<>();
          records.stream()
              .map(ProcessMark::read)
              .flatMap(Optional::stream)
              .filter(Orphans::stillRuns)
              .forEach(found::add);
          found.addAll(byExecutable());
          found.forEach(Orphans::stop);
          for (Path record : records) {
            Files.deleteIfExists(record);
          }
          return found;
        });
  }

  private static boolean stillRuns(ProcessMark mark) {
    return ProcessMark.ofRunning(mark.pid()).filter(mark::equals).isPresent();
  }

  private List<ProcessMark> byExecutable() {
    return ProcessHandle.allProcesses()
        .filter(this::runsOurBinary)
        .filter(handle -> handle.parent().filter(this::runsOurBinary).isEmpty())
        .map(handle -> ProcessMark.ofRunning(handle.pid()))
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean runsOurBinary(ProcessHandle handle) {
    return handle
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(directory.binaries()))
        .isPresent();
  }

  private static void stop(ProcessMark orphan) {
    LOG.info("stopping {} (pid {}) of a killed server", orphan.command(), orphan.pid());
    StopStep.perform(
        orphan,
        orphan.command().equals("postgres") ? PostgresServer.STOPPING : RedisServer.STOPPING);
  }

  /**
   * Removes the pid file that a killed PostgreSQL left. PostgreSQL refuses to start when another
   * process has that pid by now; we know better, because no process of this directory runs.
   *
   * @throws StartFailure {@code data-directory-in-use} when a PostgreSQL that is not ours runs on
   *     the cluster
   */
  static void removeStalePidFile(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (pid.matches("[0-9]{1,9}") && isForeignServerOn(cluster, Long.parseLong(pid))) {
      throw new StartFailure(
          "data-directory-in-use",
          "A PostgreSQL that Magpie did not start (process "
              + pid
              + ") uses "
              + cluster
              + ". Stop it first.");
    }
    Files.delete(pidFile);
  }

  /** A postmaster's working directory is its cluster. */
  private static boolean isForeignServerOn(Path cluster, long pid) {
    if (ProcessMark.ofRunning(pid).filter(p -> p.command().equals("postgres")).isEmpty()) {
      return false;
    }
    try {
      return Files.isSameFile(Path.of("/proc", String.valueOf(pid), "cwd"), cluster);
    } catch (IOException e) {
      return false; // gone meanwhile, or another user's, which could not open our cluster
    }
  }
}
