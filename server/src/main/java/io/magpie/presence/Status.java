package io.magpie.presence;

import java.time.Instant;
import java.util.Optional;

/** {@code Status} of the contract: what a user says in own words. */
record Status(Optional<String> emoji, String text, Optional<Instant> until) {

  /** Whether it is still to be shown. */
  boolean current(Instant now) {
    return until.isEmpty() || until.get().isAfter(now);
  }
}
