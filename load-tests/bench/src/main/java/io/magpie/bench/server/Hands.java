package io.magpie.bench.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two connections of the owner that may use all cores, for work in the database while nobody is
 * measured.
 */
final class Hands implements AutoCloseable {
  private static final int COUNT = 2;

  private final List<Connection> connections = new ArrayList<>();

  Hands(Services services) throws SQLException {
    for (int i = 0; i < COUNT; i++) {
      Connection connection = services.owner();
      connections.add(connection);
      run(connection, "set synchronous_commit = off; set work_mem = '128MB'");
      services.setup().cores().free(Long.parseLong(words("select pg_backend_pid()", i).get(0)));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void run(String sql) throws SQLException {
    run(connections.get(0), sql);
  }

  /** Runs these in any order, two at a time. */
  void together(List<String> statements) {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> running =
        connections.stream()
            .map(
                connection ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i; (i = next.getAndIncrement()) < statements.size(); ) {
                            runUnchecked(connection, statements.get(i));
                          }
                        }))
            .toList();
    running.forEach(CompletableFuture::join);
  }

  private static void runUnchecked(Connection connection, String sql) {
    try {
      run(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The stored messages: " + e.getMessage(), e);
    }
  }

  /** The first column of a query. */
  List<String> words(String sql) throws SQLException {
    return words(sql, 0);
  }

  private List<String> words(String sql, int hand) throws SQLException {
    List<String> words = new ArrayList<>();
    try (Statement statement = connections.get(hand).createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    }
    return words;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
