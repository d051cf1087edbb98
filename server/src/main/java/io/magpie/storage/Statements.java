package io.magpie.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Runs statements in the transaction of whoever hands it over. */
@FunctionalInterface
public interface Statements {
  Future<RowSet<Row>> query(String sql, Tuple values);

  /** Those of the transaction that is open on the connection. */
  static Statements in(SqlConnection connection) {
    return (sql, values) -> connection.preparedQuery(sql).execute(values);
  }
}
