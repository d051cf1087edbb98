package io.magpie.stream;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * An event before it has a number.
 *
 * @param data a JSON object as text
 * @param listed whether it is an entry of the stream's list: history pages and unread counts
 * @param thread number of the entry whose thread it belongs to
 */
public record NewEvent(String kind, UUID actor, String data, boolean listed, OptionalLong thread) {

  /** An event that is no entry of the list. */
  public static NewEvent change(String kind, UUID actor, String data) {
    return new NewEvent(kind, actor, data, false, OptionalLong.empty());
  }

  /** An entry of the list, or of a thread when {@code thread} is there. */
  public static NewEvent entry(String kind, UUID actor, String data, OptionalLong thread) {
    return new NewEvent(kind, actor, data, thread.isEmpty(), thread);
  }
}
