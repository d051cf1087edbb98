package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.EmbeddedForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How PostgreSQL plans for the application's connections. */
class ConnectionSettingsIT {
  private final Vertx vertx = Vertx.vertx();
  private final Database database =
      Database.open(vertx, EmbeddedForTests.freshDatabase("session").postgresUri(), 1);

  @AfterEach
  void close() throws Exception {
    on(database.stop());
    on(vertx.close());
  }

  private static <T> T on(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Without `jit` a query that has no index would be compiled for a third of a second. */
  @ParameterizedTest
  @CsvSource({"plan_cache_mode,force_generic_plan", "enable_seqscan,off", "jit,off"})
  void each_connection_has_them(String name, String value) throws Exception {
    assertThat(
            on(database.query("select current_setting($1)", Tuple.of(name)))
                .iterator()
                .next()
                .getString(0))
        .isEqualTo(value);
  }
}
