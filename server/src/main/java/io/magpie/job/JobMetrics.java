package io.magpie.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of one kind of job on this node. */
final class JobMetrics {
  private final Counter run;
  private final Counter failed;
  private final Counter parked;
  private final Counter superseded;
  private final Timer lag;
  private final AtomicInteger running;

  JobMetrics(MeterRegistry registry, String kind) {
    this.run = registry.counter("magpie.jobs.run", "kind", kind);
    this.failed = registry.counter("magpie.jobs.failed", "kind", kind);
    this.parked = registry.counter("magpie.jobs.parked", "kind", kind);
    this.superseded = registry.counter("magpie.jobs.superseded", "kind", kind);
    this.lag = registry.timer("magpie.jobs.lag", "kind", kind);
    this.running =
        registry.gauge("magpie.jobs.running", Tags.of("kind", kind), new AtomicInteger());
  }

  void started(Leased job) {
    running.incrementAndGet();
    if (job.attempt() == 1) {
      lag.record(job.late());
    }
  }

  void ended() {
    running.decrementAndGet();
  }

  void run() {
    run.increment();
  }

  void failed() {
    failed.increment();
  }

  void parked() {
    parked.increment();
  }

  void superseded() {
    superseded.increment();
  }
}
