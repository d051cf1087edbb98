package io.magpie.message;

import java.time.Duration;

/**
 * Limits of messages.
 *
 * @param codePoints of a text
 * @param bytes of a text in UTF-8
 * @param editWindow how long the sender may edit
 * @param recallWindow how long the sender may recall; owner and admins of a group always may
 * @param pins pins of one conversation that have not ended
 */
public record MessageLimits(
    int codePoints, int bytes, Duration editWindow, Duration recallWindow, int pins) {
  public static final MessageLimits DEFAULT =
      new MessageLimits(8_000, 32 * 1024, Duration.ofHours(24), Duration.ofHours(24), 50);

  /** Kinds of reactions of one message. */
  static final int REACTION_KINDS = 50;

  /** Mentioned users of one message. */
  static final int MENTIONS = 50;

  /** Messages forwarded at once, and entries of a merged one. */
  static final int FORWARDED = 100;

  /** UTF-8 bytes of all texts that are forwarded at once: what one event may weigh. */
  static final int FORWARDED_BYTES = 128 * 1024;
}
