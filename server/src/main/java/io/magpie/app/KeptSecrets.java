package io.magpie.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** Random secrets that a data directory keeps over restarts, in files that only the owner reads. */
final class KeptSecrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;

  KeptSecrets(Path root) {
    this.root = root;
  }

  /**
   * The secret of this name, made at the first call.
   *
   * @param bytes of randomness
   */
  String get(String name, int bytes) {
    Path file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path fresh =
        Files.createTempFile(
            Objects.requireNonNull(file.toAbsolutePath().getParent()),
            "secret",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text + "\n", StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
