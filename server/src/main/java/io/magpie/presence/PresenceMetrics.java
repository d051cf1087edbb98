package io.magpie.presence;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much presence there is on this node and what it costs; no label, whoever is connected or
 * watched. Counts always, shows once it is bound to a registry. From any thread.
 */
final class PresenceMetrics {
  private final LongAdder frames = new LongAdder();
  private final LongAdder pushed = new LongAdder();
  private final LongAdder postponed = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder told = new LongAdder();
  private final LongAdder toldLater = new LongAdder();
  private final LongAdder sweeps = new LongAdder();
  private final LongAdder swept = new LongAdder();
  private volatile Sizes sizes = new Sizes(0, 0, 0);

  /**
   * What there is now.
   *
   * @param users who are connected here, or were a moment ago
   * @param watchers connections that watch somebody
   * @param watched users whom somebody here watches
   */
  record Sizes(int users, int watchers, int watched) {}

  void sizes(Sizes now) {
    sizes = now;
  }

  /** A frame was taken by a connection. */
  void pushed(int presences) {
    frames.increment();
    pushed.add(presences);
  }

  /** A connection reads too slowly for them now. */
  void postponed(int presences) {
    postponed.add(presences);
  }

  /** Somebody changed again before a watcher was told of the first change. */
  void coalesced() {
    coalesced.increment();
  }

  /** The database was told of this node's users. */
  void told(int users) {
    told.add(users);
  }

  /** It could not be, or is not sure to have taken it. */
  void toldLater(int users) {
    toldLater.add(users);
  }

  /** What a dead node had told was looked for; mostly nothing is left. */
  void swept(long users) {
    if (users > 0) {
      sweeps.increment();
      swept.add(users);
    }
  }

  void bindTo(MeterRegistry registry) {
    Gauge.builder("magpie.presence.users", () -> sizes.users()).register(registry);
    Gauge.builder("magpie.presence.watchers", () -> sizes.watchers()).register(registry);
    Gauge.builder("magpie.presence.watched", () -> sizes.watched()).register(registry);
    count(registry, "magpie.presence.frames", frames);
    count(registry, "magpie.presence.pushed", pushed);
    count(registry, "magpie.presence.postponed", postponed);
    count(registry, "magpie.presence.coalesced", coalesced);
    count(registry, "magpie.presence.told", told);
    count(registry, "magpie.presence.told.later", toldLater);
    count(registry, "magpie.presence.sweeps", sweeps);
    count(registry, "magpie.presence.swept", swept);
  }

  private static void count(MeterRegistry registry, String name, LongAdder value) {
    FunctionCounter.builder(name, value, LongAdder::sum).register(registry);
  }
}
