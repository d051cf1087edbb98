package io.magpie.presence;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Writes what nodes tell of their connections. Rows are locked in the order of users, or not waited
 * for, and those of {@code presence_live} before {@code presence_seen}. All times are the
 * database's.
 */
final class TellingStore {
  /** Users of a dead node whose parts are taken away at a time. */
  private static final int CHUNK = 1_000;

  /** Offline from here on; whoever appears offline has been so for others all the time. */
  private static final String SEEN =
      """
      insert into presence_seen as s (user_id, seen_at)
      select t.user_id, clock_timestamp() from told t
      left join presence_setting a on a.user_id = t.user_id
      where t.state = 0 and a.availability is distinct from 'offline'
      on conflict (user_id) do update set seen_at = excluded.seen_at
      """;

  /**
   * One statement whatever the number of users: nothing is told when the lease is over, or when a
   * later batch of this incarnation is there already.
   */
  private static final String TELL =
      """
      with teller as (
        insert into presence_teller as t (incarnation, batch)
        select n.incarnation, $2 from node n
        where n.incarnation = $1::uuid and n.lease_until > clock_timestamp()
        on conflict (incarnation) do update set batch = excluded.batch
          where t.batch < excluded.batch
        returning t.incarnation
      ), told as (
        insert into presence_live as p (user_id, parts, version, changed_in)
        select d.user_id,
          case when d.part = 0 then '{}'::jsonb
            else jsonb_build_object(t.incarnation::text, d.part) end,
          nextval('presence_version'), pg_current_xact_id()::text::bigint
        from unnest($3::uuid[], $4::smallint[]) as d (user_id, part) cross join teller t
        order by d.user_id
        on conflict (user_id) do update set
          parts = (p.parts - $1::uuid::text) || excluded.parts,
          version = nextval('presence_version'), changed_in = excluded.changed_in
        returning p.user_id, p.state
      ), seen as (
      """
          + SEEN
          + """
          )
          select exists (select from teller) as taken
          """;

  private static final String DEAD =
      """
      select t.incarnation, t.dead_at < clock_timestamp() - interval '1 minute' as over
      from presence_teller t
      where not exists (
          select from node n
          where n.incarnation = t.incarnation and n.lease_until > clock_timestamp())
        and coalesce(t.spare_until <= clock_timestamp(), true)
      """;

  private static final String BURY =
      """
      update presence_teller set dead_at = clock_timestamp()
      where incarnation = $1 and dead_at is null
      """;

  private static final String FORGET = "delete from presence_teller where incarnation = $1";

  /** Without this the planner, which knows nothing of what is in the parts, reads all users. */
  static final String BY_INDEX = "set local enable_seqscan = off";

  static final String TAKE_BACK =
      """
      with dead as (
        select user_id from presence_live
        where parts ? $1::uuid::text
        limit $2 for update skip locked
      ), told as (
        update presence_live p
        set parts = p.parts - $1::uuid::text, version = nextval('presence_version'),
          changed_in = pg_current_xact_id()::text::bigint
        from dead d where p.user_id = d.user_id
        returning p.user_id, p.state
      ), seen as (
      """
          + SEEN
          + """
          )
          select count(*) as users from told
          """;

  private static final String SPARE =
      """
      update presence_teller
      set spare_until = clock_timestamp() + make_interval(secs => $2)
      where incarnation = $1
      """;

  private final Database database;

  TellingStore(Database database) {
    this.database = database;
  }

  /**
   * An incarnation whose lease is over.
   *
   * @param over for so long that nothing of it can still come
   */
  record Dead(UUID incarnation, boolean over) {}

  /**
   * Tells of users on a node.
   *
   * @param batch higher than that of every earlier call for this incarnation
   * @return whether it was taken; all of it or nothing
   */
  Future<Boolean> tell(UUID incarnation, long batch, Map<UUID, Activity> users) {
    UUID[] ids = users.keySet().toArray(UUID[]::new);
    Short[] parts = users.values().stream().map(Activity::number).toArray(Short[]::new);
    return database
        .query(TELL, Tuple.of(incarnation, batch).addArrayOfUUID(ids).addArrayOfShort(parts))
        .map(rows -> rows.iterator().next().getBoolean("taken"));
  }

  Future<List<Dead>> dead() {
    return database
        .query(DEAD, Tuple.tuple())
        .map(
            rows -> {
              List<Dead> dead = new ArrayList<>();
              for (Row row : rows) {
                boolean over = Boolean.TRUE.equals(row.getBoolean("over"));
                dead.add(new Dead(row.getUUID("incarnation"), over));
              }
              return dead;
            });
  }

  /**
   * Takes back what a dead incarnation told; users whom somebody else has locked stay for now.
   *
   * @param took hears how many users it was, chunk by chunk
   */
  Future<Void> takeBack(UUID incarnation, LongConsumer took) {
    return database
        .transaction(
            tx ->
                tx.query(BY_INDEX)
                    .execute()
                    .compose(
                        set -> tx.preparedQuery(TAKE_BACK).execute(Tuple.of(incarnation, CHUNK))))
        .compose(
            rows -> {
              long users = rows.iterator().next().getLong("users");
              took.accept(users);
              return users == CHUNK ? takeBack(incarnation, took) : Future.succeededFuture();
            });
  }

  /** Notes since when an incarnation is known to be dead. */
  Future<Void> bury(UUID incarnation) {
    return database.query(BURY, Tuple.of(incarnation)).mapEmpty();
  }

  Future<Void> forget(UUID incarnation) {
    return database.query(FORGET, Tuple.of(incarnation)).mapEmpty();
  }

  /** This node stops: its users get the time to come back on another one. */
  Future<Void> spare(UUID incarnation, Duration time) {
    return database.query(SPARE, Tuple.of(incarnation, time.toMillis() / 1e3)).mapEmpty();
  }
}
