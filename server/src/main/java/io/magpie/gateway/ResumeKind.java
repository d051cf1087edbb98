package io.magpie.gateway;

import java.util.Locale;

/** How a stream goes on at a hello; the names are those of the metric. */
enum ResumeKind {
  /** No cursor: live events only. */
  FRESH,
  /** Nothing was missed. */
  CURRENT,
  /** What was missed was pushed. */
  PUSHED,
  /** So much was missed that the client pulls it. */
  PULL,
  /** It cannot be resumed. */
  RESYNC;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
