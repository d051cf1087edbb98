package io.magpie.identity;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a refresh token that was shown.
 *
 * @param live whether its session has not been ended
 * @param valid whether token and session have not expired
 * @param successor hash of the token that was given for it
 */
record RefreshRow(
    UUID session,
    UUID user,
    boolean live,
    boolean valid,
    Optional<Instant> usedAt,
    Optional<Buffer> successor,
    boolean successorUnused) {

  /** How long an answer that was lost can be asked for again. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** What to do with it. */
  enum Verdict {
    /** Never given, or long ago. */
    UNKNOWN,
    /** Its session was ended or has expired. */
    ENDED,
    /** Never used: give the next one. */
    ROTATE,
    /** Asked for twice, the answer was lost: the same successor again. */
    REPEAT,
    /** Somebody has a copy: the session ends (RFC 9700, section 4.14). */
    REUSED
  }

  Verdict verdict(Instant now) {
    if (!live || !valid) {
      return Verdict.ENDED;
    }
    if (usedAt.isEmpty()) {
      return Verdict.ROTATE;
    }
    boolean inGrace = !now.isAfter(usedAt.get().plus(GRACE)) && successorUnused;
    return inGrace ? Verdict.REPEAT : Verdict.REUSED;
  }
}
