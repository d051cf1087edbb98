package io.magpie.presence;

import io.magpie.cluster.NodeLease;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the database of this node's connections: everything that changed in {@value #GATHER_MS} ms
 * in one statement, one statement at a time. While the node has no lease nothing is told; with a
 * new lease, everything.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  static final long GATHER_MS = 150;
  private static final int BATCH = 2_000;
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** After a freeze, the ends of connections that wait in the event loops come first. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Context context;
  private final TellingStore store;
  private final NodeLease lease;
  private final Devices devices;
  private final Runnable told;
  private final PresenceMetrics metrics;
  private long timer = -1;
  private long batch;
  private boolean telling;
  private boolean taken;
  private Optional<UUID> toldUnder = Optional.empty();
  private long pausedUntil = System.nanoTime();

  /**
   * @param told called after each batch that was taken
   */
  Reporter(
      Vertx vertx,
      Context context,
      TellingStore store,
      NodeLease lease,
      Devices devices,
      Runnable told,
      PresenceMetrics metrics) {
    this.vertx = vertx;
    this.context = context;
    this.store = store;
    this.lease = lease;
    this.devices = devices;
    this.told = told;
    this.metrics = metrics;
  }

  void start() {
    timer = vertx.setPeriodic(GATHER_MS, tick -> context.runOnContext(go -> tell()));
    lease.onTaken(this::tellAll);
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private Future<Void> tellAll() {
    Future<?> settled =
        taken ? vertx.timer(SETTLE.toMillis(), TimeUnit.MILLISECONDS) : Future.succeededFuture();
    taken = true;
    return settled.map(
        done -> {
          context.runOnContext(
              go -> {
                toldUnder = Optional.of(lease.incarnation());
                devices.tellAll();
                pausedUntil = System.nanoTime();
              });
          return null;
        });
  }

  private void tell() {
    long now = System.nanoTime();
    UUID incarnation = lease.incarnation();
    if (telling || now - pausedUntil < 0 || !toldUnder.equals(Optional.of(incarnation))) {
      return;
    }
    Map<UUID, Activity> users = devices.untold(now, BATCH);
    if (users.isEmpty()) {
      return;
    }
    telling = true;
    store
        .tell(incarnation, ++batch, users)
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      telling = false;
                      boolean good = done.succeeded() && done.result();
                      if (good && incarnation.equals(lease.incarnation())) {
                        devices.told(users);
                        metrics.told(users.size());
                        told.run();
                        return;
                      }
                      devices.unsure(users);
                      metrics.toldLater(users.size());
                      if (!good) {
                        pausedUntil = System.nanoTime() + PAUSE_NANOS;
                        LOG.warn(
                            "presence of {} users is told later: {}",
                            users.size(),
                            done.failed() ? done.cause().toString() : "no lease");
                      }
                    }));
  }
}
