package io.magpie.cluster;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * How late the event loops are: a timer on each is due every {@value #TICK_MS} ms, and what comes
 * later than that was held up. A loop that stands still counts from when its timer was due.
 */
public final class EventLoopLag {
  private static final long TICK_MS = 100;

  private final List<Tick> ticks = new CopyOnWriteArrayList<>();
  private volatile int lastMs;

  private EventLoopLag() {}

  /** Measures until Vert.x ends. */
  public static Future<EventLoopLag> start(Vertx vertx) {
    EventLoopLag lag = new EventLoopLag();
    return vertx
        .deployVerticle(
            () -> lag.new Tick(),
            new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
        .map(lag);
  }

  /** The worst delay since the last call, in milliseconds. */
  public int takeMs() {
    long now = System.nanoTime();
    lastMs = ticks.stream().mapToInt(tick -> tick.take(now)).max().orElse(0);
    return lastMs;
  }

  /** The worst delay of late, without forgetting it; for metrics. */
  public int recentMs() {
    long now = System.nanoTime();
    return Math.max(lastMs, ticks.stream().mapToInt(tick -> tick.late(now)).max().orElse(0));
  }

  /** The timer of one event loop; only that loop writes {@code due}. */
  private final class Tick extends VerticleBase {
    private volatile long due;
    private volatile int worst;

    @Override
    public Future<?> start() {
      due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
      vertx.setPeriodic(TICK_MS, timer -> tick());
      ticks.add(this);
      return Future.succeededFuture();
    }

    private void tick() {
      long now = System.nanoTime();
      worst = late(now);
      due = now + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
    }

    int late(long now) {
      return Math.max(worst, (int) TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - due)));
    }

    int take(long now) {
      int late = late(now);
      worst = 0;
      return late;
    }
  }
}
