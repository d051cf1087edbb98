package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Jdbc;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Backups and restores of tests, and looks at what they did. */
final class Copies {
  static final Restore.Options PLAIN = new Restore.Options(false, false);
  static final Restore.Options REPLACE = new Restore.Options(true, false);

  private Copies() {}

  static Path take(Endpoints from, Path place) {
    return new Backup(Clock.systemUTC(), "test", sentence -> {}, System::nanoTime)
        .take(from.postgresOwnerUri(), place);
  }

  /** The sentences that were said. */
  static List<String> restore(Path file, Endpoints into, Restore.Options options) {
    List<String> said = new ArrayList<>();
    new Restore(said::add, System::nanoTime).run(file, into.postgresOwnerUri(), options);
    return said;
  }

  /** The code of the failure; its sentence must not hold a password. */
  static String refusal(ThrowingCallable work) {
    BackupFailure failure = catchThrowableOfType(BackupFailure.class, work);
    assertThat(failure).as("it was done").isNotNull();
    assertThat(failure.getMessage()).endsWith(".").doesNotContain("postgresql://");
    return failure.code();
  }

  static String sql(Endpoints of, String query) {
    try {
      return Jdbc.one(of.postgresOwnerUri(), query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(Endpoints of, String statement) {
    try {
      Jdbc.execute(of.postgresOwnerUri(), statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every table with its rows, as text in order; those that a restore changes are left out. */
  static Map<String, List<String>> rows(Endpoints of) {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = Jdbc.connect(of.postgresOwnerUri());
        Statement statement = connection.createStatement()) {
      for (Catalog.Columns table : Catalog.tables(connection)) {
        if (!Catalog.LEFT_OUT.contains(table.table()) && !table.table().equals("installation")) {
          List<String> rows = new ArrayList<>();
          try (ResultSet found =
              statement.executeQuery("select t::text from " + table.table() + " t order by 1")) {
            while (found.next()) {
              rows.add(found.getString(1));
            }
          }
          all.put(table.table(), rows);
        }
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
