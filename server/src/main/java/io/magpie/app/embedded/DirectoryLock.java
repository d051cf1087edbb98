package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One server per data directory: an exclusive lock that the kernel gives back when the process
 * dies, however it dies.
 *
 * <p>POSIX drops all of a process's locks on a file when it closes any descriptor of that file. So
 * the lock file is opened by nobody else in this JVM (the pid lives in another file) and a second
 * opening in the same JVM is refused before it touches the file.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @throws StartFailure {@code data-directory-in-use}, naming the process that holds it
   */
  static DirectoryLock take(Path directory) throws IOException {
    if (!HELD_HERE.add(directory)) {
      throw inUse(directory);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory);
      }
      Files.writeString(pidFile(directory), ProcessHandle.current().pid() + "\n");
      taken = true;
      return new DirectoryLock(directory, channel);
    } finally {
      if (!taken) {
        HELD_HERE.remove(directory);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pidFile(directory));
    channel.close();
    HELD_HERE.remove(directory);
  }

  private static StartFailure inUse(Path directory) {
    return new StartFailure(
        "data-directory-in-use",
        "The data directory "
            + directory
            + " is in use by another Magpie server (process "
            + holder(directory)
            + "). Stop that one, or set MAGPIE_DATA_DIR to another directory.");
  }

  private static String holder(Path directory) {
    try {
      return Files.readString(pidFile(directory)).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Path pidFile(Path directory) {
    return directory.resolve("server.pid");
  }
}
