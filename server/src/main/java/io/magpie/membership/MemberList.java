package io.magpie.membership;

import io.magpie.identity.User;
import io.magpie.protocol.PageCursor;
import io.magpie.storage.Database;
import io.magpie.stream.ReaderRole;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.text.Collator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Pages of members: owner first, then admins, then members, each by name in Chinese order. Names
 * live in the identity feature, so a page sorts all members in memory; the group's cap bounds it.
 */
final class MemberList {
  private static final String MEMBERS =
      """
      select user_id, role, since from stream_reader where stream_id = $1 and to_seq is null
      """;

  private final Seats seats;
  private final Database database;
  private final People people;

  MemberList(Seats seats, Database database, People people) {
    this.seats = seats;
    this.database = database;
    this.people = people;
  }

  /** {@code MemberPage} of the contract. */
  record Page(List<Member> items, Optional<String> next) {}

  Future<Page> page(UUID actor, UUID conversation, Optional<String> cursor, int limit) {
    Optional<Key> after = cursor.map(Key::read);
    return seats
        .find(conversation, actor)
        .compose(seat -> database.query(MEMBERS, Tuple.of(conversation)))
        .map(MemberList::rows)
        .compose(
            rows ->
                people
                    .byIds(rows.stream().map(MemberRow::user).toList())
                    .map(known -> page(rows, known, after, limit)));
  }

  private static Page page(
      List<MemberRow> rows, Map<UUID, User> known, Optional<Key> after, int limit) {
    Comparator<Key> order = Key.order();
    List<Entry> entries =
        rows.stream()
            .filter(row -> known.containsKey(row.user()))
            .map(row -> new Entry(Key.of(row, known.get(row.user())), row))
            .filter(entry -> after.isEmpty() || order.compare(entry.key(), after.get()) > 0)
            .sorted((a, b) -> order.compare(a.key(), b.key()))
            .toList();
    List<Entry> page = entries.subList(0, Math.min(limit, entries.size()));
    return new Page(
        page.stream().map(entry -> entry.row().member(known)).toList(),
        entries.size() > limit
            ? Optional.of(page.get(limit - 1).key().cursor())
            : Optional.empty());
  }

  private static List<MemberRow> rows(RowSet<Row> rows) {
    List<MemberRow> members = new ArrayList<>();
    for (Row row : rows) {
      members.add(
          new MemberRow(
              row.getUUID("user_id"),
              ReaderRole.ofNumber(row.getShort("role")),
              row.getOffsetDateTime("since").toInstant().truncatedTo(ChronoUnit.MILLIS)));
    }
    return members;
  }

  private record MemberRow(UUID user, ReaderRole role, Instant since) {
    Member member(Map<UUID, User> known) {
      return new Member(known.get(user), role.code(), since);
    }
  }

  private record Entry(Key key, MemberRow row) {}

  private record Key(int role, String name, UUID user) {
    static Key of(MemberRow row, User person) {
      return new Key(row.role().number(), person.displayName(), row.user());
    }

    static Key read(String cursor) {
      return PageCursor.read(
          cursor,
          keys ->
              new Key(Integer.parseInt(keys.get(0)), keys.get(1), UUID.fromString(keys.get(2))));
    }

    String cursor() {
      return PageCursor.of(role, name, user);
    }

    static Comparator<Key> order() {
      Collator names = Collator.getInstance(Locale.SIMPLIFIED_CHINESE);
      return Comparator.comparingInt((Key key) -> -key.role())
          .thenComparing(Key::name, names::compare)
          .thenComparing(Key::user);
    }
  }
}
