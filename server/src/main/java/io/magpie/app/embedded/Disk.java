package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** File operations of this package, with failures told as one sentence. */
final class Disk {
  private Disk() {}

  /** Work on files that may fail as files do. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Runs {@code work}; an {@link IOException} becomes a {@link StartFailure} about {@code what}.
   */
  static <T> T attempt(String what, Path where, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw failure(what, where, e);
    } catch (UncheckedIOException e) {
      throw failure(what, where, e.getCause());
    }
  }

  /** Tells the causes that an operator can act on apart; everything else keeps its own text. */
  static StartFailure failure(String what, Path where, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    Optional<StartFailure> known = known(what, where, text);
    if (known.isPresent()) {
      return known.get();
    }
    if (cause instanceof AccessDeniedException) {
      return new StartFailure(
          "data-directory-not-writable",
          what + " failed: no permission on " + text + ". Data directory: " + where + ".");
    }
    String reason =
        cause instanceof FileSystemException f && f.getReason() != null
            ? f.getFile() + ": " + f.getReason()
            : cause.getClass().getSimpleName() + ": " + text;
    return new StartFailure("data-directory-failed", what + " failed: " + reason + ".", cause);
  }

  /** The sentence for what the system said, when it is one of the well-known conditions. */
  static Optional<StartFailure> known(String what, Path where, String text) {
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return Optional.of(
          new StartFailure(
              "disk-full",
              what
                  + " failed: the disk that holds "
                  + where
                  + " is full. Free some space and"
                  + " start again."));
    }
    if (text.contains("File too large") || text.contains("File size limit exceeded")) {
      return Optional.of(
          new StartFailure(
              "file-size-limit",
              what
                  + " failed: a file in "
                  + where
                  + " may not grow as far as needed (file size"
                  + " limit, see `ulimit -f`)."));
    }
    if (text.contains("Read-only file system")) {
      return Optional.of(
          new StartFailure(
              "data-directory-not-writable",
              what
                  + " failed: "
                  + where
                  + " is on a read-only file system. Set MAGPIE_DATA_DIR to"
                  + " a directory that this user may write."));
    }
    return Optional.empty();
  }

  /** Makes a directory that only its owner may enter; an existing one is left as it is. */
  static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Deletes a tree without following links; a missing one is fine. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(root)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /** The lines of a file that another process may remove at any time; none without it. */
  static List<String> linesIfThere(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** The entries of a directory; none when it does not exist. */
  static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
