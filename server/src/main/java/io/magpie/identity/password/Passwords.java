package io.magpie.identity.password;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Hashes and compares passwords on threads of its own, half as many as there are cores: a storm of
 * logins neither blocks an event loop nor takes all of the machine. At most {@value #MAX_WAITING}
 * wait, and none longer than {@link #PATIENCE}; the others are refused with {@code overloaded}.
 */
public final class Passwords {
  static final int MAX_WAITING = 64;

  /** Half of what a request may take, so that somebody gets an answer and not a timeout. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WorkerExecutor workers;
  private final int limit;
  private final AtomicInteger open = new AtomicInteger();
  private final Argon2 cost;
  private final LongSupplier clock;
  private final String nobody;

  public Passwords(Vertx vertx) {
    this(vertx, Argon2.STANDARD, System::nanoTime);
  }

  /**
   * @param clock monotone nanoseconds
   */
  Passwords(Vertx vertx, Argon2 cost, LongSupplier clock) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.workers =
        vertx.createSharedWorkerExecutor("magpie-password", threads, 10, TimeUnit.SECONDS);
    this.limit = threads + MAX_WAITING;
    this.cost = cost;
    this.clock = clock;
    this.nobody = cost.hash("nobody's password");
  }

  /** A hash to store. */
  public Future<String> hash(String password) {
    return run(() -> cost.hash(password));
  }

  /** Compares with a stored hash. */
  public Future<PasswordMatch> match(String password, String stored) {
    return run(
        () -> {
          if (!Argon2.matches(password, stored)) {
            return PasswordMatch.WRONG;
          }
          return cost.made(stored) ? PasswordMatch.RIGHT : PasswordMatch.RIGHT_BUT_OLD;
        });
  }

  /** Takes as long as a comparison and is always wrong: for users that do not exist (S-A22). */
  public Future<PasswordMatch> matchNobody(String password) {
    return run(
        () -> {
          Argon2.matches(password, nobody);
          return PasswordMatch.WRONG;
        });
  }

  private <T> Future<T> run(Callable<T> work) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      return Future.failedFuture(busy());
    }
    long since = clock.getAsLong();
    return workers
        .executeBlocking(() -> inTime(work, since), false)
        .onComplete(done -> open.decrementAndGet());
  }

  /** On a thread of ours: what has waited for too long costs it nothing more. */
  private <T> T inTime(Callable<T> work, long since) throws Exception {
    if (clock.getAsLong() - since > PATIENCE.toNanos()) {
      throw busy();
    }
    return work.call();
  }

  private static RequestError busy() {
    return RequestError.retryAfter(ErrorCode.OVERLOADED, Duration.ofSeconds(1));
  }

  /** Ends the threads; what waits is dropped. */
  public Future<Void> close() {
    return workers.close();
  }
}
