package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nothing refers to any more, once an hour on each node: refresh tokens and links a
 * day after their end, sessions thirty days after theirs (until then they tell which addresses an
 * account knows).
 */
final class SessionCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCleaner.class);
  private static final long PERIOD_MS = 3_600_000;

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

  private final Vertx vertx;
  private final Database database;
  private final long timer;

  SessionCleaner(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
    this.timer = vertx.setPeriodic(PERIOD_MS, id -> clean());
  }

  Future<Void> clean() {
    return Future.join(
            DELETES.stream().map(delete -> database.query(delete, Tuple.tuple())).toList())
        .onFailure(e -> LOG.warn("old sessions cannot be deleted: {}", e.getMessage()))
        .mapEmpty();
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
