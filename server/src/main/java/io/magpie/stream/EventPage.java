package io.magpie.stream;

import java.util.List;

/**
 * What a user may read after a cursor.
 *
 * @param upTo everything of theirs up to here is in {@code events}; numbers missing between are not
 *     theirs
 * @param head last number that is theirs
 */
public record EventPage(List<Event> events, long upTo, long head) {}
