package io.magpie.stream;

import static io.magpie.stream.TestStreams.append;
import static io.magpie.stream.TestStreams.on;
import static io.magpie.stream.TestStreams.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.ErrorCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Appends of many people in one transaction, in one statement where that can be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendBatchIT {
  private final TestStreams streams = new TestStreams("append");

  @AfterAll
  void close() {
    streams.close();
  }

  private UUID stream(UUID... readers) {
    return streams.stream(readers);
  }

  private Row row(String sql, Object... values) {
    return streams.row(sql, values);
  }

  private List<AppendBatch.Outcome> run(Append... appends) {
    return on(streams
            .database()
            .transaction(connection -> AppendBatch.run(connection, Arrays.asList(appends))))
        .outcomes();
  }

  /** In one statement; empty where one of them is not plain. */
  private Optional<AppendBatch.Result> store(Append... appends) {
    PlainAppends plain = PlainAppends.of(List.of(appends)).orElseThrow();
    return on(
        streams
            .database()
            .transaction(plain::store)
            .map(Optional::of)
            .recover(
                failure ->
                    failure instanceof PlainAppends.NotPlain
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure)));
  }

  private long stored(UUID stream) {
    return row("select count(*) from event where stream_id = $1", stream).getLong(0);
  }

  private long head(UUID stream) {
    return row("select head from stream where id = $1", stream).getLong(0);
  }

  @Test
  void each_stream_counts_by_itself_in_the_order_of_the_batch() {
    UUID user = UUID.randomUUID();
    UUID one = stream(user);
    UUID other = stream(user);
    store(says(one, user, "前"));
    AppendBatch.Result result =
        store(says(one, user, "a"), says(other, user, "b"), says(one, user, "c")).orElseThrow();
    assertThat(result.outcomes()).extracting(o -> o.written().seq()).containsExactly(2L, 1L, 3L);
    assertThat(result.events())
        .extracting(Event::data)
        .containsExactly("{\"text\":\"a\"}", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
    assertThat(head(one)).isEqualTo(3);
    assertThat(head(other)).isEqualTo(1);
  }

  @Test
  void what_is_stored_is_what_is_told() {
    UUID user = UUID.randomUUID();
    UUID stream = stream(user);
    Append entry = says(stream, user, "门");
    Append answer =
        append(
            stream,
            new ClientWrite(user, UUID.randomUUID(), 7),
            NewEvent.entry("message.sent", user, "{\"text\":\"thread\"}", OptionalLong.of(1)),
            ReaderRole.MEMBER);
    AppendBatch.Result result = store(entry, answer).orElseThrow();
    for (Event event : result.events()) {
      Row row = row("select * from event where stream_id = $1 and seq = $2", stream, event.seq());
      assertThat(row.getOffsetDateTime("at").toInstant()).isEqualTo(event.at());
      assertThat(row.getInteger("bucket")).isEqualTo(Buckets.of(event.at()));
      assertThat(row.getString("kind")).isEqualTo(event.kind());
      assertThat(row.getUUID("actor")).isEqualTo(user);
      assertThat(row.getBoolean("listed")).isEqualTo(event.seq() == 1);
      assertThat(row.getLong("thread")).isEqualTo(event.seq() == 1 ? null : 1L);
    }
    Row counter = row("select * from stream where id = $1", stream);
    assertThat(counter.getLong("entry_seq")).isEqualTo(1);
    assertThat(counter.getOffsetDateTime("entry_at").toInstant())
        .isEqualTo(counter.getOffsetDateTime("last_at").toInstant())
        .isEqualTo(result.events().get(1).at());
  }

  @Test
  void times_never_go_back_in_a_stream_whose_clock_did() {
    UUID user = UUID.randomUUID();
    UUID stream = stream(user);
    streams.run("update stream set last_at = '2199-01-01T00:00:00.123Z' where id = $1", stream);
    Event event = store(says(stream, user, "later")).orElseThrow().events().get(0);
    assertThat(event.at()).isEqualTo("2199-01-01T00:00:00.123Z");
    assertThat(row("select bucket from event where stream_id = $1", stream).getInteger(0))
        .isEqualTo(219901);
  }

  @Test
  void who_may_not_is_refused_and_keeps_nobody_else_from_it() {
    UUID member = UUID.randomUUID();
    UUID stranger = UUID.randomUUID();
    UUID stream = stream(member);
    assertThat(store(says(stream, member, "a"), says(stream, stranger, "b"))).isEmpty();
    assertThat(stored(stream)).isZero();
    List<AppendBatch.Outcome> outcomes =
        run(says(stream, member, "a"), says(stream, stranger, "b"), says(stream, member, "c"));
    assertThat(outcomes.get(0).written().seq()).isEqualTo(1);
    assertThat(outcomes.get(1).refused().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(outcomes.get(2).written().seq()).isEqualTo(2);
    assertThat(stored(stream)).isEqualTo(2);
  }

  @Test
  void who_left_is_nobody_and_a_member_is_no_admin() {
    UUID user = UUID.randomUUID();
    UUID stream = stream(user);
    Append all =
        append(
            stream,
            new ClientWrite(user, UUID.randomUUID(), 1),
            NewEvent.change("x", user, "{}"),
            ReaderRole.ADMIN);
    assertThat(run(all).get(0).refused().code()).isEqualTo(ErrorCode.FORBIDDEN);
    streams.run("update stream_reader set to_seq = 0 where stream_id = $1", stream);
    assertThat(run(says(stream, user, "a")).get(0).refused().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(head(stream)).isZero();
  }

  @Test
  void a_retry_is_answered_as_the_first_try_was_whatever_it_travels_with() {
    UUID user = UUID.randomUUID();
    UUID stream = stream(user);
    Append first = says(stream, user, "a");
    Written stored = run(first).get(0).written();
    List<AppendBatch.Outcome> again = run(says(stream, user, "b"), first);
    assertThat(again.get(0).written().seq()).isEqualTo(2);
    assertThat(again.get(1).written())
        .isEqualTo(new Written(stream, stored.seq(), 1, stored.at(), true));
    Append reused =
        append(
            stream,
            new ClientWrite(user, first.client().clientId(), -1),
            first.event(),
            ReaderRole.MEMBER);
    assertThat(run(reused).get(0).refused().code()).isEqualTo(ErrorCode.CLIENT_ID_REUSED);
    assertThat(stored(stream)).isEqualTo(2);
  }

  @Test
  void the_same_twice_in_one_batch_is_stored_once() {
    UUID user = UUID.randomUUID();
    UUID stream = stream(user);
    Append append = says(stream, user, "a");
    List<AppendBatch.Outcome> outcomes = run(append, append);
    assertThat(outcomes.get(0).written().duplicate()).isFalse();
    assertThat(outcomes.get(1).written().duplicate()).isTrue();
    assertThat(stored(stream)).isEqualTo(1);
  }

  @Test
  void two_batches_that_want_the_same_streams_in_turn_both_end() {
    UUID user = UUID.randomUUID();
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(stream(user));
    }
    List<Future<AppendBatch.Result>> batches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Collections.shuffle(all);
      List<Append> appends = all.stream().map(id -> says(id, user, "x")).toList();
      batches.add(
          streams.database().transaction(connection -> AppendBatch.run(connection, appends)));
    }
    on(Future.all(batches));
    for (UUID stream : all) {
      assertThat(head(stream)).isEqualTo(8);
    }
  }
}
