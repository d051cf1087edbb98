package io.magpie.membership;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.magpie.stream.Change;
import io.magpie.stream.ReaderRole;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Finds seats. A conversation that is not the user's does not exist for them: not_found. */
public final class Seats {
  private static final String SEAT =
      """
      select c.id, c.kind, c.members, r.user_id, r.role, r.from_seq
      from conversation c
      join stream_reader r on r.stream_id = c.id and r.user_id = $2 and r.to_seq is null
      where c.id = $1
      """;

  private final Database database;

  public Seats(Database database) {
    this.database = database;
  }

  /** As it is now; may be over when the answer is used. */
  public Future<Seat> find(UUID conversation, UUID user) {
    return database.query(SEAT, Tuple.of(conversation, user)).map(Seats::one);
  }

  /** Inside a change that holds the conversation's lock: true until it commits. */
  public static Future<Seat> find(Change change, UUID conversation, UUID user) {
    return change.query(SEAT, Tuple.of(conversation, user)).map(Seats::one);
  }

  private static Seat one(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
    Row row = rows.iterator().next();
    return new Seat(
        row.getUUID("id"),
        row.getUUID("user_id"),
        ConversationKind.ofNumber(row.getShort("kind")),
        ReaderRole.ofNumber(row.getShort("role")),
        row.getLong("from_seq"),
        row.getInteger("members"));
  }
}
