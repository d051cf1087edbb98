package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Random secrets of one data directory, in a file that only its owner may read. A secret is made
 * the first time it is asked for and is on the disk before it is used.
 */
public final class Secrets {
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;

  private Secrets(Path file) {
    this.file = file;
  }

  /** The secrets of an open data directory. */
  public static Secrets of(DataDirectory directory) {
    return new Secrets(directory.secrets());
  }

  /** The secrets of a data directory that another process holds. */
  static Secrets in(Path root) {
    return new Secrets(DataDirectory.secretsIn(root));
  }

  /** Whether any secret was made before. */
  boolean exist() {
    return Files.exists(file);
  }

  /**
   * The secret of this name, 256 random bits as URL-safe text without padding.
   *
   * @throws StartFailure when the file can be neither read nor written
   */
  public synchronized String get(String name) {
    return Disk.attempt("Reading the secrets", file, () -> getOrMake(name));
  }

  private String getOrMake(String name) throws IOException {
    Properties secrets = new Properties();
    if (exist()) {
      secrets.load(new StringReader(Files.readString(file)));
    }
    String found = secrets.getProperty(name);
    if (found != null) {
      return found;
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    secrets.setProperty(name, made);
    write(secrets);
    return made;
  }

  private void write(Properties secrets) throws IOException {
    StringBuilder text = new StringBuilder("# Passwords of this data directory. Keep private.\n");
    new TreeMap<>(secrets).forEach((key, value) -> text.append(key + "=" + value + "\n"));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (FileChannel channel =
        FileChannel.open(
            next,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
