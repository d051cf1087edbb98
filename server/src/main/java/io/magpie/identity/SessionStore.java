package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code session}. */
final class SessionStore {
  private static final String INSERT =
      """
      insert into session
        (id, user_id, app_id, device, address, agent, created_at, last_seen_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
      """;

  private static final String SET_COOKIE = "update session set cookie_hash = $2 where id = $1";

  private static final String LIVE =
      """
      select s.id as session_id, s.last_seen_at, s.expires_at,
             u.id, u.username, u.display_name, u.kind, u.department, u.job_title, u.role, u.locale,
             false as disabled, u.app_id is not null as of_app
      from session s join app_user u on u.id = s.user_id
      where s.revoked_at is null and u.disabled_at is null and s.expires_at > $2 and
      """;

  private static final String LIVE_BY_ID = LIVE + " s.id = $1";

  private static final String LIVE_BY_COOKIE = LIVE + " s.cookie_hash = $1";

  private static final String OF_APP =
      """
      select id from session
      where user_id = $1 and app_id = $2 and device = $3 and revoked_at is null and expires_at > $4
      order by created_at desc limit 1
      """;

  /** Still in use: seen now, and its life begins anew. */
  private static final String EXTEND =
      """
      update session set last_seen_at = $2, expires_at = $3, address = $4
      where id = $1 and revoked_at is null
      """;

  /** Two nodes may note the same session; neither waits for the other. */
  private static final String SEEN =
      """
      update session s set last_seen_at = $2
      from (
        select id from session where id = any($1) and last_seen_at < $3
        for no key update skip locked
      ) due
      where s.id = due.id
      """;

  private static final String LIST =
      """
      select id, device, address, created_at, last_seen_at from session
      where user_id = $1 and revoked_at is null and expires_at > $2
        and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
      order by created_at desc, id desc
      limit $5
      """;

  private final Database database;
  private final Clock clock;

  SessionStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Future<UUID> insert(SqlConnection tx, NewSession session, Duration life) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    Tuple values =
        Tuple.tuple()
            .addUUID(id)
            .addUUID(session.user())
            .addUUID(session.app().orElse(null))
            .addString(session.device())
            .addString(session.peer().address())
            .addString(session.peer().agent())
            .addOffsetDateTime(utc(now))
            .addOffsetDateTime(utc(now.plus(life)));
    return tx.preparedQuery(INSERT).execute(values).map(id);
  }

  Future<Void> setCookie(SqlConnection tx, UUID session, Buffer hash) {
    return tx.preparedQuery(SET_COOKIE).execute(Tuple.of(session, hash)).mapEmpty();
  }

  Future<Optional<LiveSession>> live(UUID session) {
    return database
        .promptQuery(LIVE_BY_ID, Tuple.of(session, utc(clock.instant())))
        .map(SessionStore::firstLive);
  }

  Future<Optional<LiveSession>> liveByCookie(Buffer cookieHash) {
    return database
        .promptQuery(LIVE_BY_COOKIE, Tuple.of(cookieHash, utc(clock.instant())))
        .map(SessionStore::firstLive);
  }

  /** The session that an app already has for this user and device. */
  Future<Optional<UUID>> ofApp(SqlConnection tx, UUID user, UUID app, String device) {
    return tx.preparedQuery(OF_APP)
        .execute(Tuple.of(user, app, device, utc(clock.instant())))
        .map(
            rows -> {
              RowIterator<Row> iterator = rows.iterator();
              return iterator.hasNext()
                  ? Optional.of(iterator.next().getUUID("id"))
                  : Optional.empty();
            });
  }

  Future<Void> extend(SqlConnection tx, UUID session, Duration life, String address) {
    Instant now = clock.instant();
    return tx.preparedQuery(EXTEND)
        .execute(Tuple.of(session, utc(now), utc(now.plus(life)), address))
        .mapEmpty();
  }

  /** Notes that sessions are in use, except where that was noted within {@code pause}. */
  Future<Void> seen(Collection<UUID> sessions, Duration pause) {
    Instant now = clock.instant();
    return database
        .query(SEEN, Tuple.of(sessions.toArray(UUID[]::new), utc(now), utc(now.minus(pause))))
        .mapEmpty();
  }

  /** One row more than the page holds. */
  Future<List<Session>> list(UUID user, UUID current, Optional<TimePlace> after, int limit) {
    Tuple values =
        Tuple.tuple()
            .addUUID(user)
            .addOffsetDateTime(utc(clock.instant()))
            .addOffsetDateTime(after.map(TimePlace::at).orElse(null))
            .addUUID(after.map(TimePlace::id).orElse(null))
            .addInteger(limit + 1);
    return database
        .query(LIST, values)
        .map(
            rows -> {
              List<Session> sessions = new ArrayList<>();
              rows.forEach(row -> sessions.add(session(row, current)));
              return sessions;
            });
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static Optional<LiveSession> firstLive(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(live(iterator.next())) : Optional.empty();
  }

  private static LiveSession live(Row row) {
    return new LiveSession(
        row.getUUID("session_id"),
        UserStore.account(row),
        row.getOffsetDateTime("last_seen_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant());
  }

  private static Session session(Row row, UUID current) {
    String address = row.getString("address");
    return new Session(
        row.getUUID("id"),
        row.getString("device"),
        address.isEmpty() ? Optional.empty() : Optional.of(address),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("last_seen_at").toInstant(),
        row.getUUID("id").equals(current));
  }
}
