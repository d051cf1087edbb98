package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs, which refuses to run as root. An ordinary user runs it directly. Root
 * runs it in a user namespace, where the same user has no name and no rights of root; where
 * namespaces are forbidden (a container with the usual seccomp profile), as uid 65534.
 */
enum RunAs {
  ITSELF,
  USER_NAMESPACE,
  NOBODY;

  private static final String NOBODY_ID = "65534";
  private static final Duration CHANGE_DEADLINE = Duration.ofMinutes(2);

  /**
   * Finds out what is needed and permitted.
   *
   * @throws StartFailure {@code root-without-namespaces} when root can do neither
   */
  static RunAs detect() {
    if (!isRoot()) {
      return ITSELF;
    }
    if (Command.works(USER_NAMESPACE.wrap(List.of("true")))) {
      return USER_NAMESPACE;
    }
    if (Command.works(NOBODY.wrap(List.of("true")))) {
      return NOBODY;
    }
    throw new StartFailure(
        "root-without-namespaces",
        "PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv` works here."
            + " Start Magpie as an ordinary user, or set MAGPIE_POSTGRES_URI and"
            + " MAGPIE_REDIS_URI.");
  }

  /** The command line that runs {@code command} as this; all of them exec, none forks. */
  List<String> wrap(List<String> command) {
    List<String> line =
        new ArrayList<>(
            switch (this) {
              case ITSELF -> List.of();
              case USER_NAMESPACE -> List.of("unshare", "--user", "--");
              case NOBODY ->
                  List.of(
                      "setpriv",
                      "--reuid",
                      NOBODY_ID,
                      "--regid",
                      NOBODY_ID,
                      "--clear-groups",
                      "--");
            });
    line.addAll(command);
    return line;
  }

  /**
   * Makes the PostgreSQL part of the data directory belong to whom PostgreSQL runs as, also after a
   * start under other circumstances.
   */
  void prepare(DataDirectory directory, Path home) throws IOException {
    Disk.makePrivate(directory.postgres());
    if (this == ITSELF) {
      return;
    }
    String owner = this == NOBODY ? NOBODY_ID : "0";
    Object current = Files.getAttribute(directory.postgres(), "unix:uid");
    if (!owner.equals(String.valueOf(current))) {
      change(directory, List.of("chown", "-R", owner + ":" + owner, directory.postgres() + ""));
    }
    if (this == NOBODY) {
      admit(directory, home);
    }
  }

  /** Lets PostgreSQL read one file that we made, and nobody else. */
  void prepareFile(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (this == NOBODY) {
      Files.setAttribute(file, "unix:uid", Integer.valueOf(NOBODY_ID));
    }
  }

  private void admit(DataDirectory directory, Path home) throws IOException {
    // Others may pass through these two and see nothing of them; secrets keeps its own mode.
    for (Path passage : List.of(directory.root(), directory.binaries())) {
      Files.setPosixFilePermissions(passage, PosixFilePermissions.fromString("rwx--x--x"));
    }
    change(directory, List.of("chmod", "-R", "a+rX", home.toString()));
    if (!Command.works(wrap(List.of("test", "-r", home.resolve("bin/postgres").toString())))) {
      throw new StartFailure(
          "data-directory-not-reachable",
          "Magpie runs as root where user namespaces are forbidden, so PostgreSQL runs as uid "
              + NOBODY_ID
              + ", which cannot enter "
              + directory.root()
              + ". Start Magpie as an ordinary user, or set MAGPIE_DATA_DIR to a directory whose"
              + " parents everybody may enter.");
    }
  }

  private static void change(DataDirectory directory, List<String> command) throws IOException {
    Command.Outcome outcome =
        Command.run(command, directory.log("permissions.log"), CHANGE_DEADLINE);
    if (!outcome.succeeded()) {
      throw new StartFailure(
          "data-directory-failed",
          "Changing the owner of PostgreSQL's files failed: "
              + Sentences.lastLine(outcome.output()));
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      return System.getProperty("user.name").equals("root");
    }
  }
}
