package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.embedded.DataDirectory;
import io.magpie.app.embedded.Endpoints;
import io.magpie.app.embedded.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * {@code services FILE}: the embedded PostgreSQL and Redis without a node, and a settings file with
 * which nodes on the same machine use them. For trying a cluster; what a company runs has services
 * of its own.
 */
final class ServicesCommand {
  private final Config config;
  private final PrintStream out;

  ServicesCommand(Config config, PrintStream out) {
    this.config = config;
    this.out = out;
  }

  /**
   * Starts them and stays until the process is told to end, or until one of them has ended by
   * itself.
   *
   * @return the exit code of the latter
   * @throws StartFailure {@code arguments}, or for what keeps them from starting
   */
  int run(List<String> arguments) {
    if (arguments.size() != 1) {
      throw new StartFailure(
          "arguments", "services FILE: where the settings of nodes are written.");
    }
    if (!config.services().embedded()) {
      throw new StartFailure(
          "arguments",
          "With MAGPIE_POSTGRES_URI set there are no embedded services to run: start nodes.");
    }
    Path file = Path.of(arguments.get(0)).toAbsolutePath();
    Services services = Services.open(config.services());
    try {
      Application.migrate(services);
      write(file, settings(services));
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
    Exit.after(
        () -> {
          delete(file);
          services.close();
        });
    services.handOver();
    out.println("PostgreSQL and Redis are running; nodes start with");
    out.println("  java -jar magpie.jar --config " + file);
    out.println("Ctrl-C stops them.");
    out.flush();
    services.ended().join();
    System.err.println("A service has ended by itself; its log is in the data directory.");
    return 1;
  }

  private static List<String> settings(Services services) {
    Endpoints endpoints = services.endpoints();
    DataDirectory directory = services.directory().orElseThrow();
    String key = Secrets.of(directory).get("token-key").replace('-', '+').replace('_', '/');
    return List.of(
        "MAGPIE_POSTGRES_URI=" + endpoints.postgresUri(),
        "MAGPIE_POSTGRES_OWNER_URI=" + endpoints.postgresOwnerUri(),
        "MAGPIE_REDIS_URI=" + endpoints.redisUri(),
        "MAGPIE_TOKEN_KEYS=embedded:" + key);
  }

  /** Holds secrets: nobody else may read it, and whoever waits for it sees it whole. */
  private static void write(Path file, List<String> lines) {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(made);
      Files.createFile(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(made, lines);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartFailure("settings-file", file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
