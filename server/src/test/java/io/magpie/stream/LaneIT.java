package io.magpie.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.magpie.storage.Migrations;
import io.magpie.storage.PoolSettings;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One lane that has more to do than it can. */
class LaneIT {
  private static final Append.Named NOBODY = new Append.Named("mentions", List.of());

  private final UUID user = UUID.randomUUID();
  private final Vertx vertx = Vertx.vertx();
  private Endpoints endpoints;
  private Database database;
  private Writer writer;

  @BeforeEach
  void open() {
    endpoints = EmbeddedForTests.freshDatabase("lane");
    Migrations.apply(endpoints.postgresOwnerUri());
    database = Database.open(vertx, endpoints.postgresUri(), PoolSettings.DEFAULT);
    writer = new Writer(vertx, database, 1);
  }

  @AfterEach
  void close() throws Exception {
    on(database.stop());
    on(vertx.close());
  }

  private static <T> T on(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private UUID stream() throws Exception {
    UUID stream = UUID.randomUUID();
    on(database.query("insert into stream (id, kind) values ($1, 1)", Tuple.of(stream)));
    on(
        database.query(
            "insert into stream_reader (stream_id, user_id, from_seq) values ($1, $2, 1)",
            Tuple.of(stream, user)));
    return stream;
  }

  private Future<Written> append(UUID stream) {
    return writer.append(
        new Append(
            stream,
            new ClientWrite(user, UUID.randomUUID(), 1),
            NewEvent.entry("message.sent", user, "{}", OptionalLong.empty()),
            ReaderRole.MEMBER,
            List.of(),
            NOBODY,
            List.of()));
  }

  private static ErrorCode code(Future<Written> refused) {
    return ((RequestError) refused.cause()).code();
  }

  @Test
  void what_does_not_fit_is_refused_at_once_and_the_rest_is_stored() throws Exception {
    UUID stream = stream();
    List<Future<Written>> sent = new ArrayList<>();
    for (int i = 0; i < 3 * Lane.MAX_WAITING; i++) {
      sent.add(append(stream));
    }
    List<Future<Written>> refusedAtOnce = sent.stream().filter(Future::failed).toList();
    assertThat(refusedAtOnce).isNotEmpty();
    on(Future.join(sent).otherwiseEmpty());
    Set<ErrorCode> codes =
        sent.stream().filter(Future::failed).map(LaneIT::code).collect(Collectors.toSet());
    assertThat(codes).as("nobody says that the database is away").contains(ErrorCode.OVERLOADED);
    assertThat(codes).doesNotContain(ErrorCode.UNAVAILABLE);
    long stored =
        on(database.query("select count(*) from event", Tuple.tuple()))
            .iterator()
            .next()
            .getLong(0);
    assertThat(sent.stream().filter(Future::succeeded).count()).isEqualTo(stored).isPositive();
    assertThat(on(append(stream)).seq()).as("the next one").isEqualTo(stored + 1);
  }

  /** The oldest of a batch may have waited so long that there is hardly any time left for it. */
  @Test
  void who_had_no_time_left_takes_no_others_along() throws Exception {
    UUID first = stream();
    UUID second = stream();
    UUID third = stream();
    on(append(third));
    List<Future<Written>> late = new ArrayList<>();
    Future<Written> behind;
    try (Connection slow = Jdbc.connect(endpoints.postgresUri());
        Connection slower = Jdbc.connect(endpoints.postgresUri())) {
      hold(slow, first);
      hold(slower, second);
      Future<Written> blocked = append(first);
      passed(100);
      for (int i = 0; i < Lane.MAX_BATCH; i++) {
        late.add(append(second));
      }
      passed(400);
      behind = append(third);
      passed(1_300);
      slow.rollback();
      assertThat(on(blocked).seq()).isEqualTo(1);
      assertThat(on(behind).seq()).isEqualTo(2);
    }
    assertThat(late).allMatch(Future::failed);
    assertThat(late).extracting(LaneIT::code).containsOnly(ErrorCode.TIMEOUT);
  }

  private static void passed(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    Deadline.await("time passes", Duration.ofSeconds(5), () -> System.nanoTime() - until > 0);
  }

  private static void hold(Connection connection, UUID stream) throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select from stream where id = '" + stream + "' for update");
    }
  }
}
