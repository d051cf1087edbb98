package io.magpie.stream;

import java.util.List;
import java.util.UUID;

/**
 * One new event, written together with those of other people in one transaction. The actor must be
 * a present reader of the stream with at least {@code role}.
 *
 * @param refs entries of the stream that must exist for the actor
 * @param sides rows of the feature that belong to the event
 */
public record Append(
    UUID stream,
    ClientWrite client,
    NewEvent event,
    ReaderRole role,
    List<Ref> refs,
    List<Side> sides) {

  /**
   * An entry of the same stream that the event points at; the actor must be able to read it.
   *
   * @param field the request's field, named when there is no such entry
   * @param listed whether it must be an entry of the list, not of a thread
   */
  public record Ref(String field, long seq, boolean listed) {}

  /**
   * A row of the feature in the same transaction: a statement with ($1 stream, $2 seq, $3 value).
   */
  public record Side(String sql, UUID value) {}
}
