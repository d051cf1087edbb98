package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ends sessions, and tells which ended lately. */
final class RevocationStore {
  private static final String REVOKE =
      """
      update session set revoked_at = clock_timestamp(), revoked_why = $2
      where revoked_at is null and
      """;

  private static final String REVOKE_ONE = REVOKE + " id = $1 returning id";

  private static final String REVOKE_OWN = REVOKE + " id = $1 and user_id = $3 returning id";

  private static final String REVOKE_BUT = REVOKE + " user_id = $1 and id <> $3 returning id";

  private static final String REVOKE_ALL = REVOKE + " user_id = $1 returning id";

  /** Overlaps widely: a transaction shows its row later than it took the time. */
  private static final String RECENT =
      "select id from session where revoked_at > now() - interval '30 seconds'";

  private final Database database;

  RevocationStore(Database database) {
    this.database = database;
  }

  /** One session; none when it has ended before. */
  Future<List<UUID>> revoke(SqlConnection tx, UUID session, String why) {
    return tx.preparedQuery(REVOKE_ONE).execute(Tuple.of(session, why)).map(RevocationStore::ids);
  }

  /** One session if it is this user's. */
  Future<List<UUID>> revokeOwn(UUID session, UUID user, String why) {
    return database.query(REVOKE_OWN, Tuple.of(session, why, user)).map(RevocationStore::ids);
  }

  Future<List<UUID>> revokeOthers(SqlConnection tx, UUID user, UUID kept, String why) {
    return tx.preparedQuery(REVOKE_BUT)
        .execute(Tuple.of(user, why, kept))
        .map(RevocationStore::ids);
  }

  Future<List<UUID>> revokeAll(SqlConnection tx, UUID user, String why) {
    return tx.preparedQuery(REVOKE_ALL).execute(Tuple.of(user, why)).map(RevocationStore::ids);
  }

  /** What any node has ended within the last 30 seconds. */
  Future<List<UUID>> recent() {
    return database.query(RECENT, Tuple.tuple()).map(RevocationStore::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.getUUID("id")));
    return ids;
  }
}
