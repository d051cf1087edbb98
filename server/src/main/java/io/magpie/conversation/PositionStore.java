package io.magpie.conversation;

import io.magpie.storage.Database;
import io.magpie.stream.Change;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Positions of one user. What is read moves inside a change that holds the lock of the user's
 * inbox; delivery alone, of which no event tells, in one statement.
 */
final class PositionStore {
  /**
   * Positions never go back and never pass the head; all are moved or none. Rows are locked in one
   * order, because moves of delivery alone come without the inbox's lock.
   */
  private static final String MOVE =
      """
      with asked as (
        select m.conversation_id, m.user_id, m.read_seq, m.delivered_seq,
               greatest(m.read_seq, least(n.read, s.head)) as read,
               greatest(m.delivered_seq, least(n.delivered, s.head)) as delivered
        from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as n (conversation_id, read, delivered)
        join conversation_member m on m.conversation_id = n.conversation_id and m.user_id = $1
        join stream_reader r on r.stream_id = m.conversation_id and r.user_id = m.user_id
          and r.to_seq is null
        join stream s on s.id = m.conversation_id
        order by m.conversation_id
        for no key update of m
      ), moved as (
        update conversation_member m set read_seq = a.read, delivered_seq = a.delivered
        from asked a
        where m.conversation_id = a.conversation_id and m.user_id = a.user_id
          and (a.read > a.read_seq or a.delivered > a.delivered_seq)
          and (select count(*) from asked) = cardinality($2)
      )
      select conversation_id, read, delivered, read > read_seq as read_moved,
             read > read_seq or delivered > delivered_seq as moved
      from asked
      """;

  private static final String COUNTS =
      """
      select m.conversation_id, %s as unread, %s as mentions
      from conversation_member m
      join stream_reader r on r.stream_id = m.conversation_id and r.user_id = m.user_id
        and r.to_seq is null
      where m.user_id = $1 and m.conversation_id = any($2)
      """
          .formatted(UnreadSql.UNREAD, UnreadSql.MENTIONS);

  private PositionStore() {}

  /** Where the user is after a move. */
  record Moved(UUID conversation, long read, long delivered, boolean readMoved, boolean moved) {}

  /** Unread messages and mentions after a read position. */
  record Counts(int unread, int mentions) {}

  /** Conversations that are not the user's are missing in the answer. */
  static Future<List<Moved>> move(Change change, UUID user, Collection<Move> moves) {
    return change.query(MOVE, values(user, moves)).map(PositionStore::moved);
  }

  /** The same outside of a change, where no read position moves. */
  static Future<List<Moved>> deliver(Database database, UUID user, Collection<Move> moves) {
    return database.query(MOVE, values(user, moves)).map(PositionStore::moved);
  }

  private static Tuple values(UUID user, Collection<Move> moves) {
    UUID[] conversations = moves.stream().map(Move::conversation).toArray(UUID[]::new);
    Long[] read = moves.stream().map(Move::read).toArray(Long[]::new);
    Long[] delivered = moves.stream().map(Move::delivered).toArray(Long[]::new);
    return Tuple.of(user, conversations, read, delivered);
  }

  static Future<Map<UUID, Counts>> counts(
      Change change, UUID user, Collection<UUID> conversations) {
    return change
        .query(COUNTS, Tuple.of(user, (Object) conversations.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Counts> counts = new HashMap<>();
              for (Row row : rows) {
                counts.put(
                    row.getUUID("conversation_id"),
                    new Counts(
                        row.getLong("unread").intValue(), row.getLong("mentions").intValue()));
              }
              return counts;
            });
  }

  private static List<Moved> moved(RowSet<Row> rows) {
    List<Moved> moved = new ArrayList<>();
    for (Row row : rows) {
      moved.add(
          new Moved(
              row.getUUID("conversation_id"),
              row.getLong("read"),
              row.getLong("delivered"),
              row.getBoolean("read_moved"),
              row.getBoolean("moved")));
    }
    return moved;
  }
}
