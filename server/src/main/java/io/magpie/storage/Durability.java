package io.magpie.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ack is a promise that the database must be able to keep: without these settings a crash loses
 * what was committed.
 */
public final class Durability {
  private static final String SHOW =
      """
      select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes')
      """;

  private Durability() {}

  /** Settings that lose committed data. */
  public static final class Unsafe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsafe(String message) {
      super(message, null, false, false);
    }
  }

  /** Fails with {@link Unsafe} where one of the settings is off. */
  public static Future<Map<String, String>> check(Database database) {
    return database
        .query(SHOW, Tuple.tuple())
        .map(
            rows -> {
              Map<String, String> found = new TreeMap<>();
              for (Row row : rows) {
                found.put(row.getString("name"), row.getString("setting"));
              }
              if (found.containsValue("off")) {
                throw new Unsafe(
                    "PostgreSQL would lose acknowledged messages in a crash: "
                        + found
                        + ". Switch these settings on.");
              }
              return found;
            });
  }
}
