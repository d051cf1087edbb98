package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that holds everything of one installation that runs on the embedded services, held
 * exclusively from {@link #open} to {@link #close}.
 *
 * <pre>
 * version      format of this directory; a newer one is refused
 * lock         held by the running server; server.pid names it
 * secrets      passwords of the services, random, mode 0600
 * bin/         unpacked binaries, one directory per archive
 * run/         which child processes were started (to find those of a killed server)
 * postgres/    data/ the cluster, data/log/ its rotated log
 * redis/       configuration and log; nothing in Redis has to survive
 * log/         the first words of each child, overwritten at each start
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
  /** Raised when an older server could not work with what a newer one left here. */
  static final int FORMAT = 1;

  private final Path root;
  private final DirectoryLock lock;

  private DataDirectory(Path root, DirectoryLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Creates the directory (mode 0700) if needed, takes its lock and checks its format.
   *
   * @throws StartFailure {@code data-directory-in-use}, {@code data-directory-newer}, {@code
   *     data-directory-not-writable}, {@code disk-full} and others of {@link Disk}
   */
  public static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return Disk.attempt("Opening the data directory", absolute, () -> openAt(absolute));
  }

  private static DataDirectory openAt(Path absolute) throws IOException {
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new StartFailure(
          "data-directory-failed", absolute + " is not a directory. Set MAGPIE_DATA_DIR to one.");
    }
    Disk.makePrivate(absolute);
    Path root = absolute.toRealPath();
    DirectoryLock lock = DirectoryLock.take(root);
    boolean usable = false;
    try {
      checkFormat(root);
      for (String name : new String[] {"bin", "run", "redis", "log"}) {
        Disk.makePrivate(root.resolve(name));
      }
      usable = true;
      return new DataDirectory(root, lock);
    } finally {
      if (!usable) {
        lock.close();
      }
    }
  }

  private static void checkFormat(Path root) throws IOException {
    Path file = root.resolve("version");
    if (!Files.exists(file)) {
      Files.writeString(file, FORMAT + "\n");
      return;
    }
    String found = Files.readString(file).strip();
    if (found.isEmpty()) { // the disk was full when the file was first written
      Files.writeString(file, FORMAT + "\n");
    } else if (!found.matches("[0-9]{1,6}")) {
      throw new StartFailure(
          "data-directory-failed",
          root
              + " does not look like a Magpie data directory: its file `version` is not a number."
              + " Set MAGPIE_DATA_DIR to another directory.");
    } else if (Integer.parseInt(found) > FORMAT) {
      throw new StartFailure(
          "data-directory-newer",
          "The data directory "
              + root
              + " was written by a newer Magpie (format "
              + found
              + "; this one knows up to "
              + FORMAT
              + "). Start the newer version, or set"
              + " MAGPIE_DATA_DIR to another directory.");
    }
  }

  /** The directory itself, absolute and without links. */
  public Path root() {
    return root;
  }

  Path binaries() {
    return root.resolve("bin");
  }

  Path run() {
    return root.resolve("run");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path log(String name) {
    return root.resolve("log").resolve(name);
  }

  Path secrets() {
    return secretsIn(root);
  }

  static Path secretsIn(Path root) {
    return root.resolve("secrets");
  }

  /** Gives the directory back. The services must have been stopped before. */
  @Override
  public void close() {
    Disk.attempt(
        "Closing the data directory",
        root,
        () -> {
          lock.close();
          return root;
        });
  }
}
