package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.rehearsal.Rehearsal;
import io.magpie.app.rehearsal.RehearsalParts;
import java.time.Duration;

/** The rehearsal before this node is ready, as it is configured. */
final class WarmUp {
  private WarmUp() {}

  /** Blocks; never fails. */
  static void run(Config config, Core core, String postgresUri) {
    Duration longest = config.node().warmUp();
    if (longest.isZero()) {
      return;
    }
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
