package io.magpie.stream;

import io.magpie.fault.SeededBug;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.magpie.storage.OutcomeUnknown;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One queue of appends with one transaction at a time. Lives on the writer's context.
 *
 * <p>Each append is answered within the database's patience, counted from when it was put in: a
 * transaction ends at the latest when its oldest append has to be answered, and no append behind it
 * is older. One that would have to wait for more than half of that, by what the last transactions
 * took, is refused at once: under overload the accepted ones stay quick.
 */
final class Lane {
  /** Appends of one transaction at most. */
  static final int MAX_BATCH = 256;

  /** Appends that may wait; more are refused at once, retryable. */
  static final int MAX_WAITING = 10_000;

  private final Database database;
  private final Context context;
  private final CommitListener listener;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile long batchNanos;
  private boolean busy;

  Lane(Database database, Context context, CommitListener listener) {
    this.database = database;
    this.context = context;
    this.listener = listener;
  }

  /**
   * @param deadline by {@link System#nanoTime}
   */
  private record Waiting(Append append, Promise<Written> promise, long deadline) {
    Duration left() {
      return Duration.ofNanos(deadline - System.nanoTime());
    }
  }

  /** From any thread; a refusal for lack of room comes at once. */
  Future<Written> append(Append append) {
    int ahead = unanswered.getAndIncrement();
    if (full(ahead)) {
      unanswered.decrementAndGet();
      return Future.failedFuture(Writer.OVERLOADED);
    }
    Promise<Written> promise = Promise.promise();
    promise.future().onComplete(done -> unanswered.decrementAndGet());
    context.runOnContext(go -> add(append, promise));
    return promise.future();
  }

  /** Whether an append would be refused now. From any thread. */
  boolean full() {
    return full(unanswered.get());
  }

  private boolean full(int ahead) {
    return ahead >= MAX_BATCH && (ahead >= MAX_WAITING || tooLong(ahead));
  }

  private boolean tooLong(int ahead) {
    long batches = ahead / MAX_BATCH + 1L;
    return batches * batchNanos > database.patience().toNanos() / 2;
  }

  private void add(Append append, Promise<Written> promise) {
    queue.add(new Waiting(append, promise, System.nanoTime() + database.patience().toNanos()));
    next();
  }

  private void next() {
    if (busy) {
      return;
    }
    refuseLate();
    if (queue.isEmpty()) {
      return;
    }
    busy = true;
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < MAX_BATCH && !queue.isEmpty()) {
      batch.add(queue.poll());
    }
    run(batch)
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      busy = false;
                      next();
                    }));
  }

  private Future<Void> run(List<Waiting> batch) {
    long began = System.nanoTime();
    Duration given = batch.get(0).left();
    return write(batch)
        .transform(
            done -> {
              if (done.succeeded()) {
                took(System.nanoTime() - began);
                finish(batch, done.result());
                return Future.succeededFuture();
              }
              return fail(batch, given, done.cause());
            });
  }

  /** The mean of the last few. */
  private void took(long nanos) {
    batchNanos += (nanos - batchNanos) / 4;
  }

  private Future<AppendBatch.Result> write(List<Waiting> batch) {
    List<Append> appends = batch.stream().map(Waiting::append).toList();
    return PlainAppends.of(appends)
        .map(
            plain ->
                inTransaction(batch, plain::store)
                    .recover(
                        failure ->
                            failure instanceof PlainAppends.NotPlain
                                ? closely(batch, appends)
                                : Future.failedFuture(failure)))
        .orElseGet(() -> closely(batch, appends));
  }

  private Future<AppendBatch.Result> closely(List<Waiting> batch, List<Append> appends) {
    return inTransaction(batch, connection -> AppendBatch.run(connection, appends));
  }

  private Future<AppendBatch.Result> inTransaction(
      List<Waiting> batch, Function<SqlConnection, Future<AppendBatch.Result>> work) {
    return database.transaction(
        connection -> work.apply(connection).onSuccess(result -> beforeCommit(batch, result)),
        batch.get(0).left());
  }

  private void beforeCommit(List<Waiting> batch, AppendBatch.Result result) {
    if (SeededBug.ACK_BEFORE_COMMIT.on()) {
      context.runOnContext(go -> answer(batch, result));
    }
  }

  private void finish(List<Waiting> batch, AppendBatch.Result result) {
    context.runOnContext(
        go -> {
          answer(batch, result);
          if (!result.events().isEmpty()) {
            listener.committed(result.events());
          }
        });
  }

  /** Whoever has an answer keeps it: only with a seeded bug does anybody get two. */
  private static void answer(List<Waiting> batch, AppendBatch.Result result) {
    for (int i = 0; i < batch.size(); i++) {
      AppendBatch.Outcome outcome = result.outcomes().get(i);
      if (outcome.refused() == null) {
        batch.get(i).promise().tryComplete(outcome.written());
      } else {
        batch.get(i).promise().tryFail(outcome.refused());
      }
    }
  }

  /** Whose time was over before their turn came: nothing of theirs was written. */
  private void refuseLate() {
    List<Waiting> late = new ArrayList<>();
    while (!queue.isEmpty() && queue.peek().left().toMillis() <= 0) {
      late.add(queue.poll());
    }
    late.forEach(waiting -> waiting.promise().fail(RequestError.of(ErrorCode.TIMEOUT)));
    failFollowers(late);
  }

  /**
   * What the same senders put behind into the same streams must not overtake what failed: they send
   * it again, in their order.
   */
  private void failFollowers(List<Waiting> batch) {
    if (batch.isEmpty() || queue.isEmpty()) {
      return;
    }
    Set<Follow> failed = new HashSet<>();
    batch.forEach(waiting -> failed.add(Follow.of(waiting)));
    queue.removeIf(
        waiting -> {
          boolean follows = failed.contains(Follow.of(waiting));
          if (follows) {
            waiting.promise().fail(RequestError.of(ErrorCode.UNAVAILABLE));
          }
          return follows;
        });
  }

  /**
   * A database that does not answer one batch in time would keep the next waiting as long. One that
   * had little time left, because it had waited, says nothing about the database.
   */
  private boolean silent(Throwable cause, Duration given) {
    boolean ample = given.compareTo(database.patience().dividedBy(2)) >= 0;
    if (cause instanceof OutcomeUnknown unknown) {
      return ample && unknown.getCause() instanceof TimeoutException;
    }
    return cause instanceof RequestError error
        && (error.code() == ErrorCode.UNAVAILABLE || error.code() == ErrorCode.TIMEOUT && ample);
  }

  /** Nothing of it was written; everybody may try again. */
  private void failAll() {
    List<Waiting> all = List.copyOf(queue);
    queue.clear();
    all.forEach(waiting -> waiting.promise().fail(RequestError.of(ErrorCode.UNAVAILABLE)));
  }

  private record Follow(UUID sender, UUID stream) {
    static Follow of(Waiting waiting) {
      return new Follow(waiting.append().client().sender(), waiting.append().stream());
    }
  }

  /**
   * A failure of the database fails all. Anything else may be the fault of one row, such as an id
   * that another node stored at the same moment: each is tried alone, so nobody pays for another.
   */
  private Future<Void> fail(List<Waiting> batch, Duration given, Throwable cause) {
    if (batch.size() == 1 || cause instanceof RequestError || cause instanceof OutcomeUnknown) {
      Promise<Void> told = Promise.promise();
      context.runOnContext(
          go -> {
            batch.forEach(waiting -> waiting.promise().tryFail(cause));
            if (silent(cause, given)) {
              failAll();
            } else {
              failFollowers(batch);
            }
            told.complete();
          });
      return told.future();
    }
    Future<Void> chain = Future.succeededFuture();
    for (Waiting waiting : batch) {
      chain = chain.compose(done -> run(List.of(waiting)));
    }
    return chain;
  }
}
