package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Lets hellos through at a bounded rate and a bounded number at once, so that a thousand clients
 * that come back together leave the database to those who are already working. The others wait in a
 * line, in order; whom the line cannot hold is told when to come again. Each of these gets a moment
 * of its own, as far apart as the rate asks, so that they do not come together a second time.
 *
 * <p>Shared by the event loops. Nothing blocks.
 */
final class HelloGate {
  /** Nobody is sent away for longer. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final Limits limits;
  private final LongSupplier clock;
  private final Alarm alarm;
  private final TokenBucket rate;
  private final Deque<Hello> line = new ArrayDeque<>();
  private int running;
  private boolean alarmed;
  private long promised;

  /**
   * @param perSecond hellos in the long run
   * @param burst hellos that may come together
   * @param atOnce hellos that ask the database at the same time
   * @param waiting hellos in the line at most
   */
  record Limits(int perSecond, int burst, int atOnce, int waiting) {}

  /** Somebody in the line. */
  interface Hello {
    /** Whether nobody waits for it any more. */
    boolean over();

    /** Its turn; {@link #left} must follow, once. Only hands over to another context. */
    void begin();
  }

  /** Calls back later, on any thread. */
  interface Alarm {
    void in(long millis, Runnable work);
  }

  /**
   * @param clock monotone nanoseconds
   */
  HelloGate(Limits limits, LongSupplier clock, Alarm alarm) {
    this.limits = limits;
    this.clock = clock;
    this.alarm = alarm;
    this.promised = clock.getAsLong();
    this.rate = new TokenBucket(limits.perSecond(), limits.burst(), promised);
  }

  /**
   * Takes it into the line.
   *
   * @throws RequestError {@code overloaded} with the time to come again
   */
  synchronized void enter(Hello hello) {
    if (line.size() >= limits.waiting()) {
      line.removeIf(Hello::over);
    }
    if (line.size() >= limits.waiting()) {
      throw busy();
    }
    line.add(hello);
    next();
  }

  /** One that had begun has ended, well or not. */
  synchronized void left() {
    running--;
    next();
  }

  private void next() {
    while (running < limits.atOnce() && !line.isEmpty()) {
      if (line.peek().over()) {
        line.poll();
      } else if (rate.take(clock.getAsLong())) {
        running++;
        line.poll().begin();
      } else {
        wakeUp();
        return;
      }
    }
  }

  private void wakeUp() {
    if (!alarmed) {
      alarmed = true;
      alarm.in(Math.max(1, rate.waitMs()), this::woken);
    }
  }

  private synchronized void woken() {
    alarmed = false;
    next();
  }

  /** What somebody is told for whom there is no place, with a moment of their own. */
  synchronized RequestError busy() {
    long now = clock.getAsLong();
    long step = 1_000_000_000L / limits.perSecond();
    long free = now + line.size() * step;
    promised = Math.max(promised, free) + step;
    long wait = promised - now;
    if (wait > LONGEST.toNanos()) {
      promised = now + LONGEST.toNanos();
      wait = ThreadLocalRandom.current().nextLong(LONGEST.toNanos() / 2, LONGEST.toNanos());
    }
    return RequestError.retryAfter(
        ErrorCode.OVERLOADED, Duration.ofMillis(Math.max(1, wait / 1_000_000)));
  }

  synchronized int waiting() {
    return line.size();
  }

  synchronized int running() {
    return running;
  }
}
