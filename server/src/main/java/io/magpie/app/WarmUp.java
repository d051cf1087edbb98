package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.rehearsal.Rehearsal;
import io.magpie.app.rehearsal.RehearsalParts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a node does before it is ready, so that its first clients find it as quick as later ones.
 */
final class WarmUp {
  private static final Duration REFILL = Duration.ofSeconds(30);

  private WarmUp() {}

  /** Blocks; never fails. */
  static void run(Config config, Core core, String postgresUri) {
    Duration longest = config.node().warmUp();
    if (longest.isZero()) {
      return;
    }
    Waiting.on(
        core.database()
            .keepFull(REFILL)
            .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
            .otherwiseEmpty());
    Rehearsal.run(
        new RehearsalParts(
            core.vertx(),
            postgresUri,
            core.redis(),
            new Settings(config).gateway(core.lease().node(), core.epoch(), core.clock()),
            Listeners.plain(config.limits().frames().bytes())),
        longest);
  }
}
