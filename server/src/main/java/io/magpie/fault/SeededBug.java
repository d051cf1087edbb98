package io.magpie.fault;

import java.util.Arrays;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Bugs that a fault run can switch on to see whether its checker finds them. The system property
 * {@code magpie.seeded-bug} names one, as {@code no-gate}; it is no setting, and a node that runs
 * with one says so loudly.
 */
public enum SeededBug {
  /** After Redis was lost and found again, what was missed meanwhile is not read. */
  SKIP_CATCH_UP,
  /** A send is acknowledged before its transaction is committed. */
  ACK_BEFORE_COMMIT,
  /** Events are delivered as they come, whatever their numbers. */
  NO_GATE,
  /** Who was removed from a conversation goes on receiving on the nodes that knew them. */
  STALE_MEMBERSHIP;

  static {
    String asked = asked();
    if (!asked.isEmpty()) {
      if (Arrays.stream(values()).noneMatch(SeededBug::on)) {
        throw new IllegalArgumentException(asked + " is none of the bugs that can be seeded");
      }
      LoggerFactory.getLogger(SeededBug.class)
          .error("This node runs with the bug {} on purpose: it breaks its promises.", asked);
    }
  }

  private final boolean on = name().toLowerCase(Locale.ROOT).replace('_', '-').equals(asked());

  private static String asked() {
    return System.getProperty("magpie.seeded-bug", "");
  }

  public boolean on() {
    return on;
  }
}
