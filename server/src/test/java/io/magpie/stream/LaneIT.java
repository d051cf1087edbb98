package io.magpie.stream;

import static io.magpie.stream.TestStreams.on;
import static io.magpie.stream.TestStreams.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One lane that has more to do than it can. */
class LaneIT {
  private final UUID user = UUID.randomUUID();
  private final TestStreams streams = new TestStreams("lane");
  private final Writer writer = new Writer(streams.vertx(), streams.database(), 1);

  @AfterEach
  void close() {
    streams.close();
  }

  private UUID stream() {
    return streams.stream(user);
  }

  private Future<Written> append(UUID stream) {
    return writer.append(says(stream, user, "x"));
  }

  private static ErrorCode code(Future<Written> refused) {
    return ((RequestError) refused.cause()).code();
  }

  /** One that is not plain has all of its group looked at. */
  @Test
  void a_retry_and_a_stranger_keep_nobody_from_being_stored() {
    UUID stream = stream();
    Append stored = says(stream, user, "first");
    assertThat(on(writer.append(stored)).seq()).isEqualTo(1);
    Future<Written> retry = writer.append(stored);
    Future<Written> stranger = writer.append(says(stream, UUID.randomUUID(), "who?"));
    Future<Written> next = append(stream);
    assertThat(on(next).seq()).isEqualTo(2);
    assertThat(on(retry).seq()).isEqualTo(1);
    assertThat(on(retry).duplicate()).isTrue();
    assertThat(stranger.failed()).isTrue();
    assertThat(code(stranger)).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(streams.row("select head from stream where id = $1", stream).getLong(0))
        .isEqualTo(2);
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
    long stored = streams.row("select count(*) from event").getLong(0);
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
    try (Connection slow = Jdbc.connect(streams.uri());
        Connection slower = Jdbc.connect(streams.uri())) {
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
