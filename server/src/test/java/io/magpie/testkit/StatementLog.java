package io.magpie.testkit;

import io.magpie.app.embedded.Endpoints;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every statement of one database, as PostgreSQL itself writes them down. */
public final class StatementLog {
  private static final Pattern STATEMENT =
      Pattern.compile("LOG:  (?:execute [^:]*|statement): (.*)", Pattern.DOTALL);

  private final Endpoints endpoints;
  private final Path file;
  private long readUpTo;

  StatementLog(Endpoints endpoints, Path file) {
    this.endpoints = endpoints;
    this.file = file;
    this.readUpTo = file.toFile().length();
  }

  /** The database whose statements are written down. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Statements since the last call, each on one line, in the order of their execution. */
  public List<String> next() {
    String marker = "select '" + UUID.randomUUID() + "'";
    try {
      Jdbc.one(endpoints.postgresUri(), marker);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Deadline.await("the log", Duration.ofSeconds(10), () -> unread().contains(marker));
    String text = unread();
    readUpTo += text.getBytes(StandardCharsets.UTF_8).length;
    return statements(text);
  }

  /** Lines of one record begin with its time, those after the first with a tab. */
  private static List<String> statements(String text) {
    List<String> found = new ArrayList<>();
    for (String line : text.replace("\n\t", " ").split("\n")) {
      Matcher matcher = STATEMENT.matcher(line);
      if (matcher.find()) {
        found.add(matcher.group(1).replaceAll("\\s+", " ").strip());
      }
    }
    return found;
  }

  private String unread() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) (log.length() - readUpTo)];
      log.seek(readUpTo);
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
