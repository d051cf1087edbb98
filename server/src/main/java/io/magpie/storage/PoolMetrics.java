package io.magpie.storage;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How busy the pool is. Counts always; shows once it is bound to a registry. */
final class PoolMetrics {
  private final int size;
  private final AtomicInteger inUse = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder acquired = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final LongAdder failed = new LongAdder();

  PoolMetrics(int size) {
    this.size = size;
  }

  /** A connection is wanted; give the result to {@link #acquired} or {@link #failed}. */
  long wanted() {
    waiting.incrementAndGet();
    return System.nanoTime();
  }

  /** It was given; {@link #released} must follow. */
  void acquired(long since) {
    waiting.decrementAndGet();
    inUse.incrementAndGet();
    acquired.increment();
    waitNanos.add(System.nanoTime() - since);
  }

  /** There was none, or not in time. */
  void failed() {
    waiting.decrementAndGet();
    failed.increment();
  }

  void released() {
    inUse.decrementAndGet();
  }

  void bindTo(MeterRegistry registry) {
    Gauge.builder("magpie.postgres.pool.size", () -> size).register(registry);
    Gauge.builder("magpie.postgres.pool.used", inUse::get).register(registry);
    Gauge.builder("magpie.postgres.pool.waiting", waiting::get).register(registry);
    FunctionCounter.builder("magpie.postgres.pool.failed", failed, LongAdder::sum)
        .register(registry);
    FunctionTimer.builder(
            "magpie.postgres.pool.wait",
            this,
            pool -> pool.acquired.sum(),
            pool -> pool.waitNanos.sum(),
            TimeUnit.NANOSECONDS)
        .register(registry);
  }
}
