package io.magpie.identity;

import io.magpie.access.Role;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code app_user}. */
final class UserStore {
  private static final String COLUMNS =
      """
      id, username, display_name, kind, department, job_title, role, locale,
      disabled_at is not null as disabled, app_id is not null as of_app
      """;

  private static final String INSERT =
      """
      insert into app_user (id, username, display_name, kind, department, job_title, role, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (username) do nothing
      returning
      """
          + COLUMNS;

  /** The user's own stream, with the user as its only reader from the first event on. */
  private static final String INSERT_INBOX = "insert into stream (id, kind) values ($1, 2)";

  private static final String INSERT_INBOX_READER =
      "insert into stream_reader (stream_id, user_id, from_seq, role) values ($1, $1, 1, 3)";

  private static final String BY_IDS =
      "select " + COLUMNS + " from app_user where id = any($1::uuid[])";

  private static final String LOCK =
      "select " + COLUMNS + " from app_user where id = $1 for update";

  private static final String BY_USERNAME =
      "select " + COLUMNS + " from app_user where username = $1";

  /** The query is literal: strpos knows no wildcards. */
  private static final String LIST =
      "select "
          + COLUMNS
          + """
          from app_user
          where ($1::text is null or strpos(search, lower(normalize($1, NFKC) collate person_name)) > 0)
            and ($2 or disabled_at is null)
            and ($3::uuid is null or id = $3)
            and ($4::text is null or (display_name, id) > ($4 collate person_name, $5::uuid))
          order by display_name, id
          limit $6
          """;

  private static final String UPDATE =
      """
      update app_user
      set display_name = $2, department = $3, job_title = $4, role = $5, kind = $6, locale = $7,
          disabled_at = case when $8 then coalesce(disabled_at, $9) end
      where id = $1
      returning
      """
          + COLUMNS;

  /** In one order, so that two who remove each other wait instead of deadlocking. */
  private static final String LOCK_SUPER_ADMINS =
      """
      select id from app_user
      where role = 'super_admin' and disabled_at is null
      order by id for update
      """;

  private final Database database;
  private final Clock clock;

  UserStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes the user and its inbox; empty when the name is taken. */
  Future<Optional<Account>> insert(SqlConnection tx, UUID id, NewUser user) {
    Tuple values =
        Tuple.tuple()
            .addUUID(id)
            .addString(user.username())
            .addString(user.displayName())
            .addString(Account.kindOf(user.role()))
            .addString(user.department())
            .addString(user.jobTitle())
            .addString(user.role().code())
            .addOffsetDateTime(now());
    return tx.preparedQuery(INSERT)
        .execute(values)
        .map(UserStore::first)
        .compose(
            made ->
                made.isEmpty()
                    ? Future.succeededFuture(made)
                    : insertInbox(tx, id).map(done -> made));
  }

  static Future<Void> insertInbox(SqlConnection tx, UUID id) {
    return tx.preparedQuery(INSERT_INBOX)
        .execute(Tuple.of(id))
        .compose(stream -> tx.preparedQuery(INSERT_INBOX_READER).execute(Tuple.of(id)))
        .mapEmpty();
  }

  Future<Optional<Account>> find(UUID id) {
    return byIds(List.of(id)).map(found -> found.stream().findFirst());
  }

  Future<List<Account>> byIds(Collection<UUID> ids) {
    return database
        .query(BY_IDS, Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
        .map(UserStore::all);
  }

  Future<Optional<Account>> byUsername(String username) {
    return database.query(BY_USERNAME, Tuple.of(username)).map(UserStore::first);
  }

  /** The user that certainly has this name. */
  Future<Account> named(SqlConnection tx, String username) {
    return tx.preparedQuery(BY_USERNAME)
        .execute(Tuple.of(username))
        .map(rows -> first(rows).orElseThrow());
  }

  /** The user's row, locked until the transaction ends. */
  Future<Optional<Account>> lock(SqlConnection tx, UUID id) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(UserStore::first);
  }

  /** One row more than the page holds, so that the caller knows whether there is a next one. */
  Future<List<Account>> list(UserQuery query) {
    Tuple values =
        Tuple.tuple()
            .addString(query.text().orElse(null))
            .addBoolean(query.disabledToo())
            .addUUID(query.only().orElse(null))
            .addString(query.after().map(UserQuery.Place::name).orElse(null))
            .addUUID(query.after().map(UserQuery.Place::id).orElse(null))
            .addInteger(query.limit() + 1);
    return database.query(LIST, values).map(UserStore::all);
  }

  /** Stores everything of an account that can change. */
  Future<Account> update(SqlConnection tx, Account account) {
    Tuple values =
        Tuple.tuple()
            .addUUID(account.id())
            .addString(account.displayName())
            .addString(account.department())
            .addString(account.jobTitle())
            .addString(account.role().code())
            .addString(account.kind())
            .addString(account.locale())
            .addBoolean(account.disabled())
            .addOffsetDateTime(now());
    return tx.preparedQuery(UPDATE).execute(values).map(rows -> first(rows).orElseThrow());
  }

  /** Super admins that are not disabled, locked until the transaction ends. */
  Future<List<UUID>> lockSuperAdmins(SqlConnection tx) {
    return tx.query(LOCK_SUPER_ADMINS)
        .execute()
        .map(
            rows -> {
              List<UUID> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getUUID("id")));
              return ids;
            });
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  static Optional<Account> first(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(account(iterator.next())) : Optional.empty();
  }

  private static List<Account> all(RowSet<Row> rows) {
    List<Account> accounts = new ArrayList<>();
    rows.forEach(row -> accounts.add(account(row)));
    return accounts;
  }

  static Account account(Row row) {
    return new Account(
        row.getUUID("id"),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("kind"),
        row.getString("department"),
        row.getString("job_title"),
        Role.ofCode(row.getString("role")),
        row.getString("locale"),
        row.getBoolean("disabled"),
        row.getBoolean("of_app"));
  }
}
