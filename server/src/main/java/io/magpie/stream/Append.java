package io.magpie.stream;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.util.List;
import java.util.UUID;

/**
 * One new event, written together with those of other people in one transaction. The actor must be
 * a present reader of the stream with at least {@code role}.
 *
 * @param refs entries of the stream that must exist for the actor
 * @param named users who must be present readers of the stream too
 * @param sides rows of the feature that belong to the event
 */
public record Append(
    UUID stream,
    ClientWrite client,
    NewEvent event,
    ReaderRole role,
    List<Ref> refs,
    Named named,
    List<Side> sides) {

  /**
   * An entry of the same stream that the event points at; the actor must be able to read it.
   *
   * @param field the request's field, named when there is no such entry
   * @param listed whether it must be an entry of the list, not of a thread
   */
  public record Ref(String field, long seq, boolean listed) {}

  /**
   * Users that the event names.
   *
   * @param field the request's field, named when one of them is no present reader
   */
  public record Named(String field, List<UUID> users) {
    /** The same answer for users who left, who were never there and who do not exist. */
    RequestError refused() {
      return RequestError.field(
          ErrorCode.INVALID_FIELD, field, field + " names somebody who is not here.");
    }
  }

  /**
   * A row of the feature in the same transaction: a statement with ($1 stream, $2 seq, $3 value).
   */
  public record Side(String sql, UUID value) {}
}
