package io.magpie.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the database, which all nodes share, whatever their own clocks say: a token is as old
 * on every node as on the one that made it. It is read each {@value #PERIOD_MS} ms and goes on by
 * this process's monotonic clock in between, also while the database is away. It is off by no more
 * than an answer takes. From any thread.
 */
public final class DatabaseClock extends Clock {
  static final long PERIOD_MS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /** Beyond this somebody should look after the node's own clock. */
  private static final Duration TOLERABLE = Duration.ofSeconds(2);

  /** What time it was when. */
  private record Reading(Instant at, long nanos) {
    Instant goneOn(long now) {
      return at.plus(Duration.ofNanos(now - nanos));
    }
  }

  private final Clock own;
  private volatile Reading last;
  private volatile boolean apart;

  /**
   * Not read yet; see {@link #follow}.
   *
   * @param own this node's clock, which counts until the first reading
   */
  public DatabaseClock(Clock own) {
    this.own = own;
    this.last = new Reading(own.instant(), System.nanoTime());
  }

  /**
   * Reads it now and again and again.
   *
   * @return done after the first reading; fails where that does, and goes on all the same
   */
  public Future<Void> follow(Vertx vertx, Database database) {
    vertx.setPeriodic(
        PERIOD_MS,
        tick ->
            ask(database)
                .onFailure(failure -> LOG.debug("the time is read later: {}", failure.toString())));
    return ask(database);
  }

  private Future<Void> ask(Database database) {
    long asked = System.nanoTime();
    return database
        .promptQuery("select clock_timestamp() as now", Tuple.tuple())
        .map(
            rows -> {
              Instant at = rows.iterator().next().getOffsetDateTime("now").toInstant();
              read(at, asked, System.nanoTime());
              compare();
              return null;
            });
  }

  /**
   * Takes a reading where it says for certain that this clock is wrong: when the question was asked
   * it was {@code at} or earlier, by no more than the answer took.
   *
   * @param asked {@link System#nanoTime} before the question was sent
   * @param answered the same when the answer was there
   */
  synchronized void read(Instant at, long asked, long answered) {
    Instant here = last.goneOn(asked);
    Instant earliest = at.minusNanos(answered - asked);
    if (here.isAfter(at) || here.isBefore(earliest)) {
      last = new Reading(at, asked);
    }
  }

  /** One line when the node's own clock begins to be wrong, one when it is right again. */
  private void compare() {
    boolean now = ownAhead().abs().compareTo(TOLERABLE) > 0;
    if (now && !apart) {
      LOG.atWarn()
          .addKeyValue("ahead_ms", ownAhead().toMillis())
          .log("this machine's clock differs from the database's, which counts; set it");
    } else if (!now && apart) {
      LOG.info("this machine's clock agrees with the database's again");
    }
    apart = now;
  }

  private Duration ownAhead() {
    return Duration.between(instant(), own.instant());
  }

  /** Shows in {@code registry} by how much the node's own clock is wrong. */
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("magpie.clock.ahead.seconds", () -> ownAhead().toMillis() / 1e3)
        .register(registry);
  }

  @Override
  public Instant instant() {
    return last.goneOn(System.nanoTime());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** All times of the server are UTC. */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException(zone.getId());
  }
}
