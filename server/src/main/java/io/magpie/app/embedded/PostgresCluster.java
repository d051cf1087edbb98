package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the PostgreSQL cluster: made once by initdb, kept over restarts.
 *
 * <p>Locale is the provider {@code builtin} with {@code C.UTF-8}: order by code point, letters and
 * case by Unicode, and neither depends on the machine's libc or ICU, whose updates silently break
 * indexes of a data directory that moves to another machine. Orders for people are made in the
 * application.
 */
final class PostgresCluster {
  static final String SUPERUSER = "postgres";
  private static final Duration INITDB_DEADLINE = Duration.ofMinutes(3);
  private static final long SPACE_FOR_NEW = 150L << 20;
  private static final long SPACE_TO_RUN = 24L << 20;

  private final DataDirectory directory;
  private final Path home;
  private final RunAs runAs;

  PostgresCluster(DataDirectory directory, Path home, RunAs runAs) {
    this.directory = directory;
    this.home = home;
    this.runAs = runAs;
  }

  Path data() {
    return directory.postgres().resolve("data");
  }

  /** The command line of a server on this cluster. */
  List<String> server(List<String> settings) {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin/postgres").toString());
    line.add("-D");
    line.add(data().toString());
    line.addAll(settings);
    return runAs.wrap(line);
  }

  /** Makes the cluster if there is none and checks that these binaries can read it. */
  void prepare(Secrets secrets) throws IOException {
    boolean isNew = !Files.exists(data().resolve("PG_VERSION"));
    checkSpace(isNew ? SPACE_FOR_NEW : SPACE_TO_RUN);
    runAs.prepare(directory, home);
    if (isNew) {
      init(secrets);
    } else if (!secrets.exist()) {
      throw new StartFailure(
          "secrets-missing",
          "The data directory "
              + directory.root()
              + " has lost its file `secrets`, which holds the"
              + " passwords of its PostgreSQL. Restore that file.");
    }
    checkVersion();
    Orphans.removeStalePidFile(data());
  }

  private void checkSpace(long needed) throws IOException {
    long usable = Files.getFileStore(directory.root()).getUsableSpace();
    if (usable < needed) {
      throw new StartFailure(
          "disk-full",
          "The disk that holds "
              + directory.root()
              + " is full: "
              + (usable >> 20)
              + " MiB are free and PostgreSQL needs "
              + (needed >> 20)
              + " MiB. Free some space and start again.");
    }
  }

  /** Beside its place first: an initdb that was killed leaves nothing that looks like a cluster. */
  private void init(Secrets secrets) throws IOException {
    Path unfinished = directory.postgres().resolve("data.unfinished");
    Path passwordFile = directory.postgres().resolve("password");
    Disk.deleteTree(unfinished);
    Files.writeString(passwordFile, secrets.get("postgres." + SUPERUSER) + "\n");
    runAs.prepareFile(passwordFile);
    try {
      Command.Outcome outcome =
          Command.run(
              runAs.wrap(initdb(unfinished, passwordFile)),
              directory.log("initdb.out"),
              INITDB_DEADLINE);
      if (!outcome.succeeded()) {
        throw initdbFailed(outcome);
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> initdb(Path target, Path passwordFile) {
    return List.of(
        home.resolve("bin/initdb").toString(),
        "--pgdata=" + target,
        "--username=" + SUPERUSER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions");
  }

  private StartFailure initdbFailed(Command.Outcome outcome) {
    String what = "Making the PostgreSQL cluster";
    return Disk.known(what, directory.root(), outcome.output())
        .orElseGet(
            () ->
                new StartFailure(
                    "postgres-init-failed",
                    what
                        + " failed: "
                        + Sentences.lastError(outcome.output())
                        + " The whole output is in "
                        + directory.log("initdb.out")
                        + "."));
  }

  private void checkVersion() throws IOException {
    String made = Files.readString(data().resolve("PG_VERSION")).strip();
    Command.Outcome outcome =
        Command.run(
            List.of(home.resolve("bin/postgres").toString(), "--version"),
            directory.log("version-check.log"),
            Duration.ofSeconds(20));
    String ours = outcome.output().replaceAll("(?s)^\\D*(\\d+).*$", "$1");
    if (!made.equals(ours)) {
      throw new StartFailure(
          "postgres-version-differs",
          "The data directory "
              + directory.root()
              + " was made by PostgreSQL "
              + made
              + " and this Magpie brings PostgreSQL "
              + ours
              + ". Start it with the Magpie version"
              + " that made it.");
    }
  }
}
