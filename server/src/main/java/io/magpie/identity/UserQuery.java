package io.magpie.identity;

import io.magpie.protocol.PageCursor;
import java.util.Optional;
import java.util.UUID;

/**
 * Which users to list, by name.
 *
 * @param text part of a name, user name or department, taken literally
 * @param disabledToo also those who can no longer log in
 * @param only nobody but this one: what a guest sees
 * @param after the last row of the page before
 */
record UserQuery(
    Optional<String> text,
    boolean disabledToo,
    Optional<UUID> only,
    Optional<Place> after,
    int limit) {

  /** The last row of a page. */
  record Place(String name, UUID id) {
    static Place read(String cursor) {
      return PageCursor.read(cursor, keys -> new Place(keys.get(0), UUID.fromString(keys.get(1))));
    }

    static String cursor(Account last) {
      return PageCursor.of(last.displayName(), last.id());
    }
  }
}
