package io.magpie.conversation;

import io.magpie.membership.People;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.PageCursor;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Conversations with unread counts, last message and peer: two queries, however many. */
final class ConversationReader {
  private final Database database;
  private final People people;

  ConversationReader(Database database, People people) {
    this.database = database;
    this.people = people;
  }

  /** {@code ConversationPage} of the contract. */
  record Page(List<Conversation> items, Optional<String> next) {}

  /** Fails with not_found where the user is no member. */
  Future<Conversation> get(UUID user, UUID conversation) {
    return database
        .query(ConversationSql.ONE, Tuple.of(user, conversation))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return complete(rows(user, rows));
            })
        .map(found -> found.get(0));
  }

  /** Latest activity first. */
  Future<Page> page(UUID user, boolean archived, Optional<String> cursor, int limit) {
    Optional<Place> after = cursor.map(Place::read);
    Tuple values =
        Tuple.of(
            user,
            archived,
            after.map(place -> place.activeAt().atOffset(ZoneOffset.UTC)).orElse(null),
            after.map(Place::conversation).orElse(null),
            limit + 1L);
    return database
        .query(ConversationSql.PAGE, values)
        .map(rows -> rows(user, rows))
        .compose(
            rows -> {
              List<ConversationRow> shown = rows.subList(0, Math.min(limit, rows.size()));
              Optional<String> next =
                  rows.size() > limit
                      ? Optional.of(Place.of(shown.get(limit - 1)).cursor())
                      : Optional.empty();
              return complete(shown).map(items -> new Page(items, next));
            });
  }

  private Future<List<Conversation>> complete(List<ConversationRow> rows) {
    return people
        .byIds(rows.stream().flatMap(row -> row.peer().stream()).toList())
        .map(known -> rows.stream().map(row -> row.conversation(known)).toList());
  }

  private static List<ConversationRow> rows(UUID user, RowSet<Row> rows) {
    List<ConversationRow> found = new ArrayList<>();
    rows.forEach(row -> found.add(new ConversationRow(row, user)));
    return found;
  }

  private record Place(Instant activeAt, UUID conversation) {
    static Place of(ConversationRow row) {
      return new Place(row.activeAt(), row.id());
    }

    static Place read(String cursor) {
      return PageCursor.read(
          cursor, keys -> new Place(PageCursor.time(keys.get(0)), UUID.fromString(keys.get(1))));
    }

    String cursor() {
      return PageCursor.of(activeAt, conversation);
    }
  }
}
