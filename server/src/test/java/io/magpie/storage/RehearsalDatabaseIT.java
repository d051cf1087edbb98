package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written into a rehearsal's database is there for it alone. */
class RehearsalDatabaseIT {
  private static final Tuple NOTHING = Tuple.tuple();

  private final Vertx vertx = Vertx.vertx();
  private Endpoints endpoints;
  private Database rehearsal;

  @BeforeEach
  void open() throws SQLException {
    endpoints = EmbeddedForTests.freshDatabase("rehearsal");
    Jdbc.execute(endpoints.postgresOwnerUri(), "create table note (text text not null)");
    rehearsal = Database.rehearsal(vertx, endpoints.postgresUri(), PoolSettings.DEFAULT);
  }

  @AfterEach
  void close() throws Exception {
    on(rehearsal.stop());
    on(vertx.close());
  }

  @Test
  void what_is_written_and_committed_is_seen_within_and_nowhere_else() throws Exception {
    on(rehearsal.query("insert into note values ('alone')", NOTHING));
    on(
        rehearsal.transaction(
            connection -> connection.query("insert into note values ('together')").execute()));

    assertThat(count()).isEqualTo(2);
    assertThat(stored()).isEqualTo("0");
  }

  @Test
  void nothing_is_stored_after_the_end() throws Exception {
    on(rehearsal.query("insert into note values ('a')", NOTHING));
    on(rehearsal.stop());

    assertThat(stored()).isEqualTo("0");
  }

  @Test
  void after_a_failure_everything_fails_and_nothing_is_stored() throws Exception {
    on(rehearsal.query("insert into note values ('a')", NOTHING));
    assertThatThrownBy(
            () ->
                on(
                    rehearsal.transaction(
                        connection ->
                            connection.query("insert into note values (null)").execute())))
        .isInstanceOf(ExecutionException.class);

    assertThatThrownBy(() -> on(rehearsal.query("insert into note values ('b')", NOTHING)))
        .hasMessageContaining("aborted");
    assertThat(stored()).isEqualTo("0");
  }

  @Test
  void a_new_connection_is_in_a_transaction_of_its_own() throws Exception {
    on(rehearsal.query("insert into note values ('a')", NOTHING));
    Jdbc.read(
        endpoints.postgresUri(),
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'magpie-rehearsal' and datname = current_database()");

    Deadline.await("the loss was noticed", () -> seen() == 0);
    on(rehearsal.query("insert into note values ('b')", NOTHING));
    assertThat(count()).isEqualTo(1);
    assertThat(stored()).isEqualTo("0");
  }

  private long count() throws Exception {
    return on(rehearsal.query("select count(*) from note", NOTHING)).iterator().next().getLong(0);
  }

  /** -1 while the lost connection still looks like one. */
  private long seen() {
    try {
      return count();
    } catch (Exception e) {
      return -1;
    }
  }

  private String stored() {
    return Jdbc.read(endpoints.postgresUri(), "select count(*) from note");
  }

  private static <T> T on(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
