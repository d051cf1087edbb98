package io.magpie.identity;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each event that matters to security, on the logger {@code magpie.security}: a fixed
 * name and structured values. Never passwords, tokens or what was typed as a user name. Values from
 * outside are cut to 200 characters and lose everything that could begin a new line or colour a
 * terminal (S-I18).
 */
final class SecurityLog {
  private static final Logger LOG = LoggerFactory.getLogger("magpie.security");
  private static final int MAX_VALUE = 200;

  private LoggingEventBuilder line;
  private final String event;

  private SecurityLog(Level level, String event) {
    this.line = LOG.atLevel(level).addKeyValue("event", event);
    this.event = event;
  }

  /** Something usual, for example a login. */
  static SecurityLog info(String event) {
    return new SecurityLog(Level.INFO, event);
  }

  /** Something that was refused or looks like an attack. */
  static SecurityLog warn(String event) {
    return new SecurityLog(Level.WARN, event);
  }

  SecurityLog with(String key, UUID id) {
    line = line.addKeyValue(key, id.toString());
    return this;
  }

  SecurityLog with(String key, String value) {
    line = line.addKeyValue(key, clean(value));
    return this;
  }

  void write() {
    line.log(event);
  }

  static String clean(String value) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_VALUE)
        .map(c -> printable(c) ? c : '?')
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean printable(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
