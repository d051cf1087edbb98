package io.magpie.message;

import io.magpie.identity.User;
import io.magpie.membership.People;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code message.receipts}: how far each present member is whose membership holds the message,
 * without its sender. By user id, so that a page is not upset by people who read meanwhile.
 */
final class Receipts {
  private static final String RECEIPTS =
      """
      with receipt as (
        select m.user_id, m.read_seq >= $2 as read,
               greatest(m.read_seq, m.delivered_seq) >= $2 as delivered
        from stream_reader r
        join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
        where r.stream_id = $1 and r.to_seq is null and r.from_seq <= $2 and r.user_id <> $3
      )
      select t.*, p.user_id, p.read, p.delivered
      from (select count(*) as total, count(*) filter (where read) as read_count,
                   count(*) filter (where delivered) as delivered_count from receipt) t
      left join (
        select * from receipt where $4::uuid is null or user_id > $4 order by user_id limit $5
      ) p on true
      order by p.user_id
      """;

  private final MessageReader reader;
  private final Database database;
  private final People people;

  Receipts(MessageReader reader, Database database, People people) {
    this.reader = reader;
    this.database = database;
    this.people = people;
  }

  void register(Operations operations) {
    operations.user("message.receipts", this::receipts);
  }

  /** {@code MessageReceipt} of the contract. */
  record Receipt(User user, String state) {}

  /** {@code MessageReceipts} of the contract. */
  record Page(
      List<Receipt> items,
      long readCount,
      long deliveredCount,
      long total,
      Optional<String> next) {}

  private Future<?> receipts(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    Optional<UUID> after =
        params
            .cursor()
            .map(cursor -> PageCursor.read(cursor, keys -> UUID.fromString(keys.get(0))));
    int limit = params.limit();
    params.end();
    return reader
        .one(conversation, call.user().id(), seq)
        .compose(
            message ->
                database.query(
                    RECEIPTS,
                    Tuple.of(conversation, seq, message.sender(), after.orElse(null), limit + 1L)))
        .compose(rows -> people.byIds(users(rows)).map(known -> page(rows, known, limit)));
  }

  private static List<UUID> users(RowSet<Row> rows) {
    List<UUID> users = new ArrayList<>();
    for (Row row : rows) {
      Optional.ofNullable(row.getUUID("user_id")).ifPresent(users::add);
    }
    return users;
  }

  private static Page page(RowSet<Row> rows, Map<UUID, User> known, int limit) {
    List<UUID> users = users(rows);
    List<Receipt> items = new ArrayList<>();
    for (Row row : rows) {
      UUID user = row.getUUID("user_id");
      if (user != null && known.containsKey(user) && items.size() < limit) {
        items.add(new Receipt(known.get(user), state(row)));
      }
    }
    Row totals = rows.iterator().next();
    return new Page(
        items,
        totals.getLong("read_count"),
        totals.getLong("delivered_count"),
        totals.getLong("total"),
        users.size() > limit ? Optional.of(PageCursor.of(users.get(limit - 1))) : Optional.empty());
  }

  private static String state(Row row) {
    if (row.getBoolean("read")) {
      return "read";
    }
    return row.getBoolean("delivered") ? "delivered" : "sent";
  }
}
