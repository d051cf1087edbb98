package io.magpie.storage;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;

/** What the pool's own interface does not offer. */
final class Connections {
  private Connections() {}

  /**
   * Gives up a connection that must not be used again. A stuck statement is cancelled, which fails
   * it; a dead socket is ended by TCP_USER_TIMEOUT, and the pool drops what is closed.
   */
  static void discard(SqlConnection connection) {
    if (connection instanceof PgConnection pg) {
      pg.cancelRequest();
    }
    connection.close();
  }
}
