package io.magpie.identity;

import io.magpie.job.JobKind;
import io.magpie.job.Jobs;
import io.magpie.storage.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/**
 * Deletes what nothing refers to any more, once an hour in the cluster: refresh tokens and links a
 * day after their end, sessions thirty days after theirs (until then they tell which addresses an
 * account knows).
 */
final class SessionCleaner {
  private static final JobKind<JobKind.Nothing> CLEANING = JobKind.periodic("session.cleaning");
  private static final Duration PERIOD = Duration.ofHours(1);

  /** Bounded, so that no statement runs into its time limit; the rest goes in the next hour. */
  private static final List<String> DELETES =
      List.of(
          """
          delete from refresh_token where hash in (
            select hash from refresh_token where expires_at < now() - interval '1 day' limit 20000)
          """,
          """
          delete from user_link where hash in (
            select hash from user_link where expires_at < now() - interval '1 day' limit 20000)
          """,
          """
          delete from session where id in (
            select id from session
            where least(expires_at, revoked_at) < now() - interval '30 days' limit 5000)
          """);

  private SessionCleaner() {}

  static void register(Jobs jobs) {
    jobs.handleInTransaction(CLEANING, (run, transaction) -> clean(transaction))
        .every(CLEANING, PERIOD);
  }

  private static Future<Void> clean(SqlConnection transaction) {
    Statements statements = Statements.in(transaction);
    return Future.all(
            DELETES.stream().map(delete -> statements.query(delete, Tuple.tuple())).toList())
        .mapEmpty();
  }
}
