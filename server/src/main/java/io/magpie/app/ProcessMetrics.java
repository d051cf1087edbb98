package io.magpie.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** What the JVM and the event loops of this node are doing. */
final class ProcessMetrics implements AutoCloseable {
  private static final long LOOK_EVERY_MS = 100;

  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Timer delay;

  ProcessMetrics(MeterRegistry registry) {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("magpie.netty.direct.bytes", PlatformDependent::usedDirectMemory)
        .register(registry);
    delay = Timer.builder("magpie.eventloop.delay").register(registry);
  }

  /** Watches the event loop that this is called on: by how much is a timer late? */
  void watchLoop(Vertx vertx) {
    long[] due = {System.nanoTime() + LOOK_EVERY_MS * 1_000_000};
    vertx.setPeriodic(
        LOOK_EVERY_MS,
        timer -> {
          long now = System.nanoTime();
          delay.record(Math.max(0, now - due[0]), TimeUnit.NANOSECONDS);
          due[0] = now + LOOK_EVERY_MS * 1_000_000;
        });
  }

  /** The longest delay of an event loop in the last minutes, in milliseconds. */
  int slowestLoopMs() {
    return (int) delay.max(TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    collections.close();
  }
}
