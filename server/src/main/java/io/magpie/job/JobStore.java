package io.magpie.job;

import io.magpie.storage.Database;
import io.magpie.storage.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of jobs. All times are the database's; nothing is changed without its fence. */
final class JobStore {
  /** $4 is turned into the due time. */
  private static final String SCHEDULE =
      """
      insert into job (id, kind, key, payload, due_at, take_at)
      select gen_random_uuid(), $1, $2, ($3::text)::json, n.due, n.due
      from (select %s as due) n
      on conflict (kind, key) do %s
      """;

  private static final String REPLACE =
      """
      update
      set id = excluded.id, payload = excluded.payload, due_at = excluded.due_at,
          take_at = excluded.take_at, tries = 0, fence = job.fence + 1,
          owner = null, failure = null, failed_at = null
      """;

  private static final String SCHEDULE_AT = SCHEDULE.formatted("$4::timestamptz", REPLACE);

  private static final String SCHEDULE_AFTER =
      SCHEDULE.formatted("clock_timestamp() + $4::bigint * interval '1 millisecond'", REPLACE);

  private static final String SCHEDULE_NEW = SCHEDULE.formatted("$4::timestamptz", "nothing");

  private static final String CANCEL =
      """
      delete from job where kind = $1 and key = $2
      """;

  /** A row that is there keeps its time, unless the period is another one now. */
  private static final String ENSURE =
      """
      insert into job (id, kind, key, payload, period_ms, due_at, take_at)
      values (gen_random_uuid(), $1, '', '{}', $2, now(), now())
      on conflict (kind, key) do update
      set period_ms = excluded.period_ms,
          due_at = least(job.due_at, now() + excluded.period_ms * interval '1 millisecond'),
          take_at = least(job.take_at, now() + excluded.period_ms * interval '1 millisecond')
      where job.period_ms is distinct from excluded.period_ms
      """;

  /** $1 kinds and $2 how many of each, $3 how many together, $4 node, $5 lease in milliseconds. */
  private static final String TAKE =
      """
      with ready as (
        select r.id
        from unnest($1::text[], $2::integer[]) as k (kind, free)
        cross join lateral (
          select j.id, j.take_at from job j
          where j.kind = k.kind and j.take_at <= now()
          order by j.take_at limit k.free
          for update skip locked) r
        order by r.take_at limit $3
      )
      update job
      set fence = fence + 1, tries = tries + 1, owner = $4,
          take_at = now() + $5::bigint * interval '1 millisecond'
      from ready where job.id = ready.id
      returning job.id, job.kind, job.key, job.payload::text as payload, job.period_ms, job.due_at,
                job.tries, job.fence,
                (extract(epoch from greatest(now() - job.due_at, interval '0')) * 1000)::bigint
                  as late_ms
      """;

  private static final String COMPLETE =
      """
      delete from job where id = $1 and fence = $2
      """;

  /** Periods that passed meanwhile are not made up for. $3 why the last run failed, or null. */
  private static final String COME_ROUND =
      """
      update job
      set id = gen_random_uuid(), due_at = n.due, take_at = n.due, tries = 0, fence = fence + 1,
          owner = null, failure = $3::text,
          failed_at = case when $3::text is null then null else now() end
      from (
        select id as due_id, due_at + interval '1 millisecond' * period_ms * (1 + floor(
          extract(epoch from greatest(statement_timestamp() - due_at, interval '0')) * 1000
          / period_ms)) as due
        from job where id = $1 and fence = $2 for update) n
      where id = n.due_id
      """;

  private static final String POSTPONE =
      """
      update job
      set id = gen_random_uuid(), due_at = $3, take_at = $3, tries = 0, fence = fence + 1,
          owner = null, failure = null, failed_at = null
      where id = $1 and fence = $2
      """;

  private static final String RENEW =
      """
      update job set take_at = now() + $3::bigint * interval '1 millisecond'
      where id = $1 and fence = $2
      """;

  /** $3 milliseconds until the next try, null: parked. $5 whether this try counts. */
  private static final String FAIL =
      """
      update job
      set take_at = now() + $3::bigint * interval '1 millisecond', tries = tries - $5::integer,
          fence = fence + 1, owner = null, failure = $4, failed_at = now()
      where id = $1 and fence = $2
      """;

  private static final String GIVE_BACK =
      """
      update job set take_at = now(), tries = tries - 1, fence = fence + 1, owner = null
      where id = $1 and fence = $2
      """;

  private final Database database;

  JobStore(Database database) {
    this.database = database;
  }

  static Future<Void> schedule(
      Statements transaction, String kind, String key, String payload, Instant due) {
    return transaction
        .query(SCHEDULE_AT, Tuple.of(kind, key, payload, due.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  static Future<Void> schedule(
      Statements transaction, String kind, String key, String payload, Duration wait) {
    return transaction
        .query(SCHEDULE_AFTER, Tuple.of(kind, key, payload, wait.toMillis()))
        .mapEmpty();
  }

  static Future<Void> scheduleNew(
      Statements transaction, String kind, String key, String payload, Instant due) {
    return transaction
        .query(SCHEDULE_NEW, Tuple.of(kind, key, payload, due.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  static Future<Void> cancel(Statements transaction, String kind, String key) {
    return transaction.query(CANCEL, Tuple.of(kind, key)).mapEmpty();
  }

  Future<Void> ensure(String kind, Duration period) {
    return database.query(ENSURE, Tuple.of(kind, period.toMillis())).mapEmpty();
  }

  /** Due jobs, leased to the node. */
  Future<List<Leased>> take(Map<String, Integer> free, int limit, String node, Duration lease) {
    String[] kinds = free.keySet().toArray(String[]::new);
    Integer[] counts = free.values().toArray(Integer[]::new);
    return database
        .query(TAKE, Tuple.of(kinds, counts, (long) limit, node, lease.toMillis()))
        .map(
            rows -> {
              List<Leased> taken = new ArrayList<>();
              rows.forEach(row -> taken.add(read(row)));
              return taken;
            });
  }

  /** Ends the occurrence; fails with {@link Superseded}. */
  Future<Void> complete(Statements transaction, Leased job) {
    return job.period().isPresent()
        ? comeRound(transaction, job, Optional.empty())
        : transaction.query(COMPLETE, Tuple.of(job.id(), job.fence())).map(JobStore::one);
  }

  Future<Void> comeRound(Statements transaction, Leased job, Optional<String> failure) {
    return transaction
        .query(COME_ROUND, Tuple.of(job.id(), job.fence(), failure.orElse(null)))
        .map(JobStore::one);
  }

  /** Ends the occurrence and makes the same job due later; fails with {@link Superseded}. */
  Future<Void> postpone(Statements transaction, Leased job, Instant due) {
    return transaction
        .query(POSTPONE, Tuple.of(job.id(), job.fence(), due.atOffset(ZoneOffset.UTC)))
        .map(JobStore::one);
  }

  Future<Void> renew(Leased job, Duration lease) {
    return database
        .query(RENEW, Tuple.of(job.id(), job.fence(), lease.toMillis()))
        .map(JobStore::one);
  }

  /**
   * After a failed try.
   *
   * @param wait until the next one; none: the job is parked
   */
  Future<Void> fail(Leased job, Optional<Duration> wait, String why, boolean counts) {
    return database
        .query(
            FAIL,
            Tuple.of(
                job.id(),
                job.fence(),
                wait.map(Duration::toMillis).orElse(null),
                why,
                counts ? 0 : 1))
        .map(JobStore::one);
  }

  /** Outside of a transaction of the caller. */
  Statements alone() {
    return database::query;
  }

  Future<Void> giveBack(Leased job) {
    return database.query(GIVE_BACK, Tuple.of(job.id(), job.fence())).map(JobStore::one);
  }

  private static Void one(RowSet<Row> changed) {
    if (changed.rowCount() == 0) {
      throw new Superseded();
    }
    return null;
  }

  private static Leased read(Row row) {
    return new Leased(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("key"),
        row.getString("payload"),
        Optional.ofNullable(row.getLong("period_ms")).map(Duration::ofMillis),
        row.getOffsetDateTime("due_at").toInstant(),
        Duration.ofMillis(row.getLong("late_ms")),
        row.getInteger("tries"),
        row.getLong("fence"));
  }
}
