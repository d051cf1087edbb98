package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Roles and databases of the embedded PostgreSQL. The owner's role makes and changes tables; the
 * application's reads and writes their rows and has no DDL, so that a hole in the application
 * cannot drop what people wrote.
 */
final class PostgresAdmin {
  static final String OWNER = "magpie_owner";
  static final String APPLICATION = "magpie_app";

  // Passwords are base64url and names are checked, so neither can end a literal.
  private static final String ROLE =
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
          CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
        END IF;
      END $$""";

  private static final String DATABASE_EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";
  private static final String CREATE_DATABASE = "CREATE DATABASE %s OWNER magpie_owner";
  private static final String RIGHTS =
      """
      REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
      GRANT CONNECT ON DATABASE %1$s TO magpie_app;
      ALTER SCHEMA public OWNER TO magpie_owner;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      GRANT USAGE ON SCHEMA public TO magpie_app;
      ALTER DEFAULT PRIVILEGES FOR ROLE magpie_owner IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO magpie_app;
      ALTER DEFAULT PRIVILEGES FOR ROLE magpie_owner IN SCHEMA public
        GRANT USAGE, SELECT ON SEQUENCES TO magpie_app;
      """;

  private final int port;
  private final Secrets secrets;

  PostgresAdmin(int port, Secrets secrets) {
    this.port = port;
    this.secrets = secrets;
  }

  /** Why a connection is refused now; empty when one was made. */
  Optional<SQLException> probe() {
    try (Connection connection = connect("postgres")) {
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    }
  }

  /** Makes both roles and this database if they are missing; repeating it changes nothing. */
  void ensure(String database) {
    if (!database.matches("[a-z][a-z0-9_]{0,50}")) {
      throw new IllegalArgumentException("not a database name: " + database);
    }
    try {
      try (Connection connection = connect("postgres");
          Statement statement = connection.createStatement()) {
        for (String role : new String[] {OWNER, APPLICATION}) {
          statement.execute(ROLE.formatted(role, password(role)));
        }
        if (!exists(connection, database)) {
          statement.execute(CREATE_DATABASE.formatted(database));
        }
      }
      grant(database);
    } catch (SQLException e) {
      throw new StartFailure(
          "postgres-setup-failed",
          "Making the database " + database + " failed: " + Sentences.lastLine(e.getMessage()),
          e);
    }
  }

  /** At each start: a kill may have come between the database and its rights. */
  private void grant(String database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(RIGHTS.formatted(database));
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DATABASE_EXISTS)) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** The URI of a role's connections to a database. */
  String uri(String role, String database) {
    return "postgresql://" + role + ":" + password(role) + "@127.0.0.1:" + port + "/" + database;
  }

  private String password(String role) {
    return secrets.get("postgres." + role);
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresCluster.SUPERUSER);
    properties.setProperty("password", password(PostgresCluster.SUPERUSER));
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("sslmode", "disable"); // loopback, and this build has no certificate
    Connection connection =
        new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept its own URL");
    }
    return connection;
  }
}
