package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.magpie.app.embedded.Endpoints;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL stands still in the middle of a transaction, longer than its caller waits. */
class AbandonedTransactionFaultIT {
  /** The caller waits for 5 s; PostgreSQL itself would end the idle transaction after 6 s. */
  private static final PoolSettings ONE_CONNECTION =
      new PoolSettings(1, 10, Duration.ofSeconds(20), Duration.ofSeconds(3));

  private final Vertx vertx = Vertx.vertx();
  private Endpoints endpoints;
  private Database database;
  private int backend;

  @BeforeEach
  void open() throws Exception {
    endpoints = EmbeddedForTests.freshDatabase("abandoned");
    Jdbc.execute(endpoints.postgresOwnerUri(), "create table if not exists note (text text)");
    Jdbc.execute(endpoints.postgresOwnerUri(), "delete from note");
    database = Database.open(vertx, endpoints.postgresUri(), ONE_CONNECTION);
    backend =
        get(database.query("select pg_backend_pid() as pid", Tuple.tuple()))
            .iterator()
            .next()
            .getInteger("pid");
  }

  @AfterEach
  void close() throws Exception {
    signal("CONT");
    get(database.stop());
    get(vertx.close());
  }

  @Test
  void what_was_given_up_is_rolled_back_and_the_next_one_starts_afresh() throws Exception {
    Future<RowSet<Row>> given =
        database.transaction(
            connection -> {
              signal("STOP");
              return connection.preparedQuery("insert into note values ('given up')").execute();
            });
    assertThat(catchThrowable(() -> get(given)))
        .isInstanceOfSatisfying(
            RequestError.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TIMEOUT));

    Future<RowSet<Row>> next =
        database.query("insert into note values ('kept') returning text", Tuple.tuple());
    signal("CONT");
    assertThat(get(next).size()).isEqualTo(1);
    assertThat(Jdbc.one(endpoints.postgresUri(), "select string_agg(text, ',') from note"))
        .isEqualTo("kept");
  }

  @Test
  void who_gave_up_after_commit_was_sent_is_told_that_nobody_knows() throws Exception {
    Future<String> unknown =
        database.transaction(
            connection ->
                connection
                    .preparedQuery("insert into note values ('committed')")
                    .execute()
                    .map(
                        rows -> {
                          signal("STOP");
                          return "done";
                        }));
    assertThat(catchThrowable(() -> get(unknown))).isInstanceOf(OutcomeUnknown.class);
    signal("CONT");
    get(database.probe());
    assertThat(Jdbc.one(endpoints.postgresUri(), "select string_agg(text, ',') from note"))
        .isEqualTo("committed");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(backend)).start().waitFor();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
