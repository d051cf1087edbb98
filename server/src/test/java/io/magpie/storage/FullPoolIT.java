package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool whose connections are made before they are wanted. */
class FullPoolIT {
  private static final int SIZE = 5;

  private static final String OPEN =
      " from pg_stat_activity where application_name = 'magpie' and datname = current_database()";

  private final Vertx vertx = Vertx.vertx();
  private Endpoints endpoints;
  private Database database;

  @BeforeEach
  void open() {
    endpoints = EmbeddedForTests.freshDatabase("full_pool");
    database = Database.open(vertx, endpoints.postgresUri(), SIZE);
  }

  @AfterEach
  void close() throws Exception {
    on(database.stop());
    on(vertx.close());
  }

  private static <T> T on(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private long open(String uri) {
    return Long.parseLong(Jdbc.read(uri, "select count(*)" + OPEN));
  }

  @Test
  void all_are_open_before_the_first_is_wanted_and_again_after_they_were_cut() throws Exception {
    String owner = endpoints.postgresOwnerUri();
    on(database.keepFull(Duration.ofMillis(100)));
    assertThat(open(owner)).isEqualTo(SIZE);
    assertThat(on(database.query("select 1", Tuple.tuple())).size()).isEqualTo(1);
    Jdbc.read(endpoints.postgresUri(), "select count(pg_terminate_backend(pid))" + OPEN);
    Deadline.await("it is full again", Duration.ofSeconds(10), () -> open(owner) == SIZE);
    assertThat(on(database.query("select 1", Tuple.tuple())).size()).isEqualTo(1);
  }

  @Test
  void nobody_waits_for_a_database_that_is_not_there() throws Exception {
    Database nowhere =
        Database.open(vertx, "postgresql://nobody:nothing@127.0.0.1:1/nothing", SIZE);
    on(nowhere.keepFull(Duration.ofSeconds(30)));
    on(nowhere.stop());
  }
}
