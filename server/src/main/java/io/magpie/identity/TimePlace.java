package io.magpie.identity;

import io.magpie.protocol.PageCursor;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** A place in a list whose newest rows come first. */
record TimePlace(OffsetDateTime at, UUID id) {

  static String cursor(Instant at, UUID id) {
    return PageCursor.of(at, id);
  }

  static TimePlace read(String cursor) {
    return PageCursor.read(
        cursor,
        keys ->
            new TimePlace(
                PageCursor.time(keys.get(0)).atOffset(ZoneOffset.UTC),
                UUID.fromString(keys.get(1))));
  }
}
