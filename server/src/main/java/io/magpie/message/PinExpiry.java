package io.magpie.message;

import io.magpie.job.JobKind;
import io.magpie.job.Jobs;
import io.magpie.job.Run;
import io.magpie.storage.Statements;
import io.magpie.stream.Change;
import io.magpie.stream.Writer;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Ends pins at their time, by the database's clock: the unpin event, the message's state and the
 * end of the job are one change under the conversation's lock.
 */
final class PinExpiry {
  /** The pin of a message. */
  record Pinned(UUID conversation, long message) {
    String key() {
      return conversation + ":" + message;
    }
  }

  static final JobKind<Pinned> EXPIRY = new JobKind<>("pin.expiry", Pinned.class, 4);

  private static final JobKind<JobKind.Nothing> SEARCH = JobKind.periodic("pin.search");
  private static final Duration SEARCH_PERIOD = Duration.ofMinutes(5);

  private static final String FIND =
      """
      select pin_by, pin_until, pin_until <= clock_timestamp() as over
      from message_state
      where stream_id = $1 and seq = $2 and pin_seq is not null and pin_until is not null
      """;

  private static final String LEFT_OVER =
      """
      select stream_id, seq, pin_until from message_state
      where pin_seq is not null and pin_until < now() - interval '1 minute'
      order by pin_until limit 1000
      """;

  private final Writer writer;
  private final Jobs jobs;

  PinExpiry(Writer writer, Jobs jobs) {
    this.writer = writer;
    this.jobs = jobs;
  }

  void register() {
    jobs.handle(EXPIRY, this::end)
        .handleInTransaction(SEARCH, (run, transaction) -> search(transaction))
        .every(SEARCH, SEARCH_PERIOD);
  }

  /**
   * In the change that pins the message or takes its pin away.
   *
   * @param target as it was before
   * @param until when the new pin ends; empty: never, or there is none any more
   */
  Future<Void> follow(Change change, Target target, Optional<Instant> until) {
    Pinned pinned = new Pinned(target.conversation(), target.seq());
    if (until.isPresent()) {
      return jobs.schedule(change, EXPIRY, pinned.key(), until.get(), pinned);
    }
    return target.now().pin().flatMap(Pin::until).isPresent()
        ? jobs.cancel(change, EXPIRY, pinned.key())
        : Future.succeededFuture();
  }

  private Future<?> end(Run<Pinned> run) {
    Pinned pinned = run.job().payload();
    return writer.changePatiently(
        Set.of(pinned.conversation()),
        change ->
            change
                .query(FIND, Tuple.of(pinned.conversation(), pinned.message()))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? run.complete(change)
                            : end(run, change, rows.iterator().next())));
  }

  /** A node of an older version moves a pin's end without moving the job. */
  private static Future<Void> end(Run<Pinned> run, Change change, Row row) {
    Pinned pinned = run.job().payload();
    if (!row.getBoolean("over")) {
      return run.postpone(change, row.getOffsetDateTime("pin_until").toInstant());
    }
    change.append(
        pinned.conversation(), MessageEvents.pinExpired(row.getUUID("pin_by"), pinned.message()));
    return MessageStore.unpin(change, pinned.conversation(), pinned.message())
        .compose(unpinned -> run.complete(change));
  }

  /**
   * Pins that are over and still there: nodes of an older version set them without a job, while
   * both versions ran.
   */
  private Future<Void> search(SqlConnection transaction) {
    return transaction
        .query(LEFT_OVER)
        .execute()
        .compose(
            rows -> {
              Future<Void> chain = Future.succeededFuture();
              for (Row row : rows) {
                Pinned pinned = new Pinned(row.getUUID("stream_id"), row.getLong("seq"));
                Instant until = row.getOffsetDateTime("pin_until").toInstant();
                chain =
                    chain.compose(
                        done ->
                            jobs.scheduleNew(
                                Statements.in(transaction), EXPIRY, pinned.key(), until, pinned));
              }
              return chain;
            });
  }
}
