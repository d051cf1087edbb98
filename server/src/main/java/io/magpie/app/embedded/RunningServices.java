package io.magpie.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The PostgreSQL that another process of this machine runs on a data directory, for commands that
 * work beside a running server. Takes no lock and changes nothing; needs to be allowed to read the
 * directory's secrets.
 */
public final class RunningServices {
  private static final int PORT_LINE = 3; // LOCK_FILE_LINE_PORT of PostgreSQL, from 0

  private RunningServices() {}

  /**
   * Where it listens, with the owner's role; empty when none runs.
   *
   * @throws io.magpie.app.StartFailure when the directory may not be read
   */
  public static Optional<String> postgresOwnerUri(Path dataDir) {
    Path root = dataDir.toAbsolutePath().normalize();
    return Disk.attempt("Reading the data directory", root, () -> find(root));
  }

  /** Whether this directory was ever used. */
  public static boolean exist(Path dataDir) {
    return Files.exists(dataDir.resolve("postgres/data/PG_VERSION"));
  }

  private static Optional<String> find(Path root) throws IOException {
    List<String> lines = Disk.linesIfThere(root.resolve("postgres/data/postmaster.pid"));
    boolean runs =
        ProcessMark.read(root.resolve("run/postgres")).filter(ProcessMark::isRunning).isPresent();
    if (!runs || lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    int port = Integer.parseInt(lines.get(PORT_LINE).strip());
    return Optional.of(
        new PostgresAdmin(port, Secrets.in(root))
            .uri(PostgresAdmin.OWNER, EmbeddedServices.DATABASE));
  }
}
