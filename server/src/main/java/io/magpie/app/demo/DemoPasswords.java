package io.magpie.app.demo;

import io.magpie.app.config.Secret;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Passwords of the demo people, kept in a file that only the owner of the data directory reads. */
final class DemoPasswords {
  /** Without letters and digits that are easily mistaken for one another. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int LENGTH = 12;

  private DemoPasswords() {}

  static List<Person> of(Path root, Optional<Secret> fixed) {
    if (fixed.isPresent()) {
      return all(fixed.get());
    }
    Properties kept = kept(root.resolve("demo-people"));
    return Person.ALL.stream()
        .map(user -> new Person(user, kept.getProperty(user.username())))
        .toList();
  }

  /** The same for everybody. */
  static List<Person> all(Secret password) {
    return Person.ALL.stream().map(user -> new Person(user, password.value())).toList();
  }

  private static Properties kept(Path file) {
    Properties kept = new Properties();
    try {
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
          kept.load(reader);
        }
      } else {
        Person.ALL.forEach(user -> kept.setProperty(user.username(), random()));
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
          kept.store(writer, "First passwords of the demo people");
        }
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
