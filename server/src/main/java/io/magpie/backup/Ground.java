package io.magpie.backup;

import io.magpie.storage.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The database into which a backup goes: nobody may use it, and it must be empty or given up. */
final class Ground {
  private static final String ALONE =
      "select pg_try_advisory_xact_lock(hashtext('magpie restore'))";

  private static final String FOREIGN =
      """
      select quote_ident(relname) from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
      order by relname limit 1
      """;

  /** A node that was killed counts until its lease is over. */
  private static final String LIVING =
      """
      select id from node where lease_until > clock_timestamp()
      order by id limit 1
      """;

  private static final String SESSIONS =
      """
      select pid::text from pg_stat_activity
      where datname = current_database() and application_name = 'magpie' order by pid limit 1
      """;

  private static final String HAS_ROWS =
      "select exists (select from app_user) or exists (select from stream)";

  /** Everything in the schema but what extensions brought. */
  private static final String CLEAR =
      """
      do $$
      declare
        command text;
      begin
        loop
          select x.command into command from (
            select format('drop %s %s cascade', case c.relkind when 'v' then 'view'
                     when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
                     c.oid::regclass) as command, 1 as turn, c.oid as oid
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            union all
            select format('drop routine %s cascade', p.oid::regprocedure), 2, p.oid
            from pg_proc p
            where p.pronamespace = 'public'::regnamespace
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            union all
            select format('drop type %s cascade', t.oid::regtype), 3, t.oid
            from pg_type t
            where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e')
              and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
            union all
            select format('drop collation public.%I cascade', l.collname), 4, l.oid
            from pg_collation l
            where l.collnamespace = 'public'::regnamespace
              and not exists (select from pg_depend d where d.objid = l.oid and d.deptype = 'e')
          ) x order by x.turn, x.oid limit 1;
          exit when not found;
          execute command;
        end loop;
      end $$
      """;

  private final Connection connection;

  Ground(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes room inside of the caller's transaction.
   *
   * @param replace what is there may be deleted
   * @throws BackupFailure {@code database-in-use}, {@code database-foreign}, {@code
   *     database-not-empty}
   */
  void prepare(boolean replace) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isTrue(statement, ALONE)) {
        throw inUse("another restore is at work");
      }
      if (Schema.of(connection).exists()) {
        refuseServers(statement);
        refuseRows(statement, replace);
      } else {
        refuseForeign(statement);
      }
      statement.execute(CLEAR);
    }
  }

  private static void refuseServers(Statement statement) throws SQLException {
    List<String> nodes =
        isTrue(statement, "select to_regclass('node') is not null")
            ? Catalog.strings(statement, LIVING)
            : List.of();
    if (!nodes.isEmpty()) {
      throw inUse("the server " + nodes.get(0) + " runs on it");
    }
    List<String> sessions = Catalog.strings(statement, SESSIONS);
    if (!sessions.isEmpty()) {
      throw inUse("a server is connected to it (process " + sessions.get(0) + " of PostgreSQL)");
    }
  }

  private static BackupFailure inUse(String why) {
    return new BackupFailure(
        "database-in-use",
        "Nothing was restored: the database is in use, "
            + why
            + ". Stop all servers; one that was killed counts as running for some seconds more.");
  }

  private static void refuseRows(Statement statement, boolean replace) throws SQLException {
    if (!replace && isTrue(statement, HAS_ROWS)) {
      throw new BackupFailure(
          "database-not-empty",
          "Nothing was restored: the database holds users or messages. Restore into an empty one, or"
              + " say --replace to DELETE everything that it holds.");
    }
  }

  private static void refuseForeign(Statement statement) throws SQLException {
    List<String> tables = Catalog.strings(statement, FOREIGN);
    if (!tables.isEmpty()) {
      throw new BackupFailure(
          "database-foreign",
          "Nothing was restored: the database holds tables that are not Magpie's, such as "
              + tables.get(0)
              + ". Use a database of its own.");
    }
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
