package io.magpie.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Fills fresh tables inside of the caller's transaction. Names of the backup are only looked up;
 * what becomes SQL comes from the database's own catalogue.
 */
final class Loader {
  /** Numbers given since the backup are known to clients: such sequences leap past them. */
  private static final long LEAP = 1L << 32;

  private static final String FOREIGN_KEYS =
      """
      select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
             format('alter table %s add constraint %I %s', conrelid::regclass, conname,
                    pg_get_constraintdef(oid)) as back
      from pg_constraint
      where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace
      order by oid
      """;

  private static final String TRIGGERS =
      """
      select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) as away,
             format('alter table %s enable trigger %I', tgrelid::regclass, tgname) as back
      from pg_trigger join pg_class c on c.oid = tgrelid
      where not tgisinternal and tgenabled = 'O' and tgparentid = 0
        and c.relnamespace = 'public'::regnamespace
      order by pg_trigger.oid
      """;

  /** Of a column a sequence keeps its place; one of its own counts versions. */
  private static final String SEQUENCES =
      """
      select quote_ident(s.relname) as name, s.oid::regclass::text as sql_name,
             exists (select from pg_depend d
                     where d.objid = s.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0)
               as of_column,
             p.max_value
      from pg_class s
      join pg_sequences p on p.schemaname = 'public' and p.sequencename = s.relname
      where s.relnamespace = 'public'::regnamespace and s.relkind = 'S'
      """;

  private final Connection connection;
  private final Progress progress;

  Loader(Connection connection, Progress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  private record Aside(String away, String back) {}

  /** All rows and sequences; every table is read back and compared with the manifest. */
  void load(BackupReader backup) throws SQLException {
    List<Catalog.Columns> tables = tables(backup.manifest());
    List<Aside> aside = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      aside.addAll(aside(statement, FOREIGN_KEYS));
      aside.addAll(aside(statement, TRIGGERS));
      for (Aside one : aside) {
        statement.execute(one.away());
      }
      statement.execute(
          "truncate "
              + Catalog.tables(connection).stream()
                  .map(Catalog.Columns::table)
                  .collect(Collectors.joining(", ")));
      for (int i = 0; i < tables.size(); i++) {
        fill(backup, backup.manifest().tables().get(i), tables.get(i));
      }
      for (Aside one : aside) {
        statement.execute(one.back());
      }
      sequences(statement, backup.manifest().sequences());
    }
  }

  /** The catalogue's word for each table of the manifest, in its order. */
  private List<Catalog.Columns> tables(Manifest manifest) throws SQLException {
    Map<String, Catalog.Columns> known =
        Catalog.tables(connection).stream()
            .collect(Collectors.toMap(Catalog.Columns::table, Function.identity()));
    List<Catalog.Columns> tables = new ArrayList<>();
    for (Manifest.Table table : manifest.tables()) {
      Catalog.Columns columns = known.remove(table.name());
      if (columns == null || !Set.copyOf(columns.names()).equals(Set.copyOf(table.columns()))) {
        throw unfit("the table " + table.name());
      }
      tables.add(new Catalog.Columns(columns.table(), table.columns()));
    }
    known.keySet().removeAll(manifest.leftOut());
    if (!known.isEmpty()) {
      throw unfit("the table " + known.keySet().iterator().next());
    }
    return tables;
  }

  private static BackupFailure unfit(String what) {
    return new BackupFailure(
        "backup-unfit",
        "Nothing was restored: "
            + what
            + " of the backup does not fit its schema version; the database it was made of had been"
            + " changed by hand.");
  }

  private static List<Aside> aside(Statement statement, String sql) throws SQLException {
    List<Aside> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(new Aside(rows.getString("away"), rows.getString("back")));
      }
    }
    return found;
  }

  private void fill(BackupReader backup, Manifest.Table table, Catalog.Columns columns)
      throws SQLException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    CopyIn in = copies.copyIn(columns.copyIn());
    try {
      backup.read(table, progress, (bytes, length) -> in.writeToCopy(bytes, 0, length));
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
    RowDigest found = digest(copies.copyOut(columns.copyOut()));
    if (found.rows() != table.rows() || !found.value().equals(table.sha256())) {
      throw new BackupFailure(
          "rows-differ",
          "Nothing was restored: PostgreSQL gives back other rows of the table "
              + table.name()
              + " than it was given.");
    }
    progress.say("  %s: %,d rows".formatted(table.name(), found.rows()));
  }

  private static RowDigest digest(CopyOut out) throws SQLException {
    RowDigest digest = new RowDigest();
    for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
      digest.update(row, 0, row.length);
    }
    return digest;
  }

  /** Sequences that are not there any more are forgotten. */
  static void sequences(Statement statement, List<Manifest.Sequence> kept) throws SQLException {
    Map<String, Manifest.Sequence> byName =
        kept.stream().collect(Collectors.toMap(Manifest.Sequence::name, Function.identity()));
    List<String> commands = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        Manifest.Sequence sequence = byName.get(rows.getString("name"));
        if (sequence != null) {
          long most = rows.getLong("max_value");
          boolean leaps = !rows.getBoolean("of_column") && sequence.value() < most - LEAP;
          commands.add(
              "select setval('%s', %d, %b)"
                  .formatted(
                      rows.getString("sql_name").replace("'", "''"),
                      sequence.value() + (leaps ? LEAP : 0),
                      sequence.called()));
        }
      }
    }
    for (String command : commands) {
      statement.execute(command);
    }
  }
}
