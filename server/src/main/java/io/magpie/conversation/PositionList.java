package io.magpie.conversation;

import io.magpie.membership.Seats;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.PageCursor;
import io.magpie.protocol.Params;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code position.list}: how far the members are, by user id. */
final class PositionList {
  private static final String POSITIONS =
      """
      select m.user_id, m.read_seq, greatest(m.read_seq, m.delivered_seq) as delivered_seq
      from stream_reader r
      join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
      where r.stream_id = $1 and r.to_seq is null and ($2::uuid is null or r.user_id > $2)
      order by r.user_id limit $3
      """;

  private final Seats seats;
  private final Database database;

  PositionList(Database database) {
    this.seats = new Seats(database);
    this.database = database;
  }

  void register(Operations operations) {
    operations.user("position.list", this::list);
  }

  /** {@code UserPosition} of the contract. */
  record UserPosition(UUID user, long read, long delivered) {}

  /** {@code PositionPage} of the contract. */
  record Page(List<UserPosition> items, Optional<String> next) {}

  private Future<?> list(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    Optional<UUID> after =
        params
            .cursor()
            .map(cursor -> PageCursor.read(cursor, keys -> UUID.fromString(keys.get(0))));
    int limit = params.limit();
    params.end();
    return seats
        .find(conversation, call.user().id())
        .compose(
            seat ->
                database.query(POSITIONS, Tuple.of(conversation, after.orElse(null), limit + 1L)))
        .map(rows -> page(rows, limit));
  }

  private static Page page(RowSet<Row> rows, int limit) {
    List<UserPosition> items = new ArrayList<>();
    for (Row row : rows) {
      items.add(
          new UserPosition(
              row.getUUID("user_id"), row.getLong("read_seq"), row.getLong("delivered_seq")));
    }
    boolean more = items.size() > limit;
    return new Page(
        more ? items.subList(0, limit) : items,
        more ? Optional.of(PageCursor.of(items.get(limit - 1).user())) : Optional.empty());
  }
}
