package io.magpie.stream;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Database;
import io.magpie.storage.Migrations;
import io.magpie.storage.PoolSettings;
import io.magpie.testkit.EmbeddedForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A database of its own with streams, and nothing around them. */
final class TestStreams implements AutoCloseable {
  private static final Append.Named NOBODY = new Append.Named("mentions", List.of());

  private final Vertx vertx = Vertx.vertx();
  private final Endpoints endpoints;
  private final Database database;

  TestStreams(String name) {
    endpoints = EmbeddedForTests.freshDatabase(name);
    Migrations.apply(endpoints.postgresOwnerUri());
    database = Database.open(vertx, endpoints.postgresUri(), PoolSettings.DEFAULT);
  }

  Vertx vertx() {
    return vertx;
  }

  Database database() {
    return database;
  }

  String uri() {
    return endpoints.postgresUri();
  }

  static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  void run(String sql, Object... values) {
    on(database.query(sql, Tuple.from(values)));
  }

  Row row(String sql, Object... values) {
    return on(database.query(sql, Tuple.from(values))).iterator().next();
  }

  /** A new one with these readers. */
  UUID stream(UUID... readers) {
    UUID stream = UUID.randomUUID();
    run("insert into stream (id, kind) values ($1, 1)", stream);
    for (UUID reader : readers) {
      run(
          "insert into stream_reader (stream_id, user_id, from_seq) values ($1, $2, 1)",
          stream,
          reader);
    }
    return stream;
  }

  static Append says(UUID stream, UUID user, String words) {
    return append(
        stream,
        new ClientWrite(user, UUID.randomUUID(), words.hashCode()),
        NewEvent.entry("message.sent", user, "{\"text\":\"" + words + "\"}", OptionalLong.empty()),
        ReaderRole.MEMBER);
  }

  static Append append(UUID stream, ClientWrite client, NewEvent event, ReaderRole role) {
    return new Append(stream, client, event, role, List.of(), NOBODY, List.of());
  }

  @Override
  public void close() {
    on(database.stop());
    on(vertx.close());
  }
}
