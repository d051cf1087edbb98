package io.magpie.identity;

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
    Optional<PageCursor> after,
    int limit) {}
