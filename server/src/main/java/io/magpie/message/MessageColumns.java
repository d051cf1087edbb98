package io.magpie.message;

import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * Pieces of a statement of another feature that reads a message in the same snapshot as something
 * else. The message is the event under the alias {@code e}, which may be missing; taken are the
 * aliases {@code s}, {@code t}, {@code k}.
 */
public final class MessageColumns {
  private MessageColumns() {}

  /** For the list of columns. */
  public static String columns() {
    return MessageSql.COLUMNS;
  }

  /**
   * Joins behind the one that brings {@code e}.
   *
   * @param reader SQL that names whose view it is, for example {@code $1}
   */
  public static String joins(String reader) {
    return MessageSql.OVERLAY.formatted(reader);
  }

  /** The message of a row, where there is one. */
  public static Optional<Message> read(Row row) {
    return row.getUUID("stream_id") == null ? Optional.empty() : Optional.of(MessageRow.read(row));
  }
}
