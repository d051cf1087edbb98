package io.magpie.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the database says of its tables. Names and columns are quoted as SQL wants them. */
final class Catalog {
  /**
   * Not in backups: they would let in again whom somebody logged out, and links that were used
   * would work once more.
   */
  static final Set<String> LEFT_OUT = Set.of("session", "refresh_token", "user_link");

  /** Unlogged tables hold what the nodes tell of themselves and would be gone after a crash too. */
  private static final String TABLES =
      """
      select quote_ident(c.relname) as name,
             (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and a.attgenerated = '') as columns
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and c.relpersistence = 'p'
        and c.relname <> 'flyway_schema_history'
      order by c.relname
      """;

  private static final String SEQUENCES =
      """
      select quote_ident(sequencename) as name from pg_sequences
      where schemaname = 'public' order by 1
      """;

  private static final String EVENT_MONTHS =
      """
      select substr(c.relname, 7)::integer as month
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'event'::regclass and c.relname ~ '^event_[0-9]{6}$'
      order by 1
      """;

  private Catalog() {}

  /** A table without what it holds. */
  record Columns(String table, List<String> names) {
    String list() {
      return String.join(", ", names);
    }

    /** Also of partitioned tables, which COPY does not read by name. */
    String copyOut() {
      return "copy (select " + list() + " from " + table + ") to stdout";
    }

    String copyIn() {
      return "copy " + table + " (" + list() + ") from stdin";
    }
  }

  /** Dates, numbers and bytes are written in the same way whatever the server's settings are. */
  static void plainText(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres';"
              + " set bytea_output = 'hex'; set extra_float_digits = 1; set row_security = off");
    }
  }

  static List<Columns> tables(Connection connection) throws SQLException {
    List<Columns> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        String[] names = (String[]) rows.getArray("columns").getArray();
        tables.add(new Columns(rows.getString("name"), Arrays.asList(names)));
      }
    }
    return tables;
  }

  static List<Manifest.Sequence> sequences(Connection connection) throws SQLException {
    List<Manifest.Sequence> sequences = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : strings(statement, SEQUENCES)) {
        try (ResultSet row = statement.executeQuery("select last_value, is_called from " + name)) {
          row.next();
          sequences.add(new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2)));
        }
      }
    }
    return sequences;
  }

  static List<Integer> eventMonths(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return strings(statement, EVENT_MONTHS).stream().map(Integer::valueOf).toList();
    }
  }

  /** The first column of all rows. */
  static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
