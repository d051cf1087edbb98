package io.magpie.app;

import io.magpie.cluster.PostgresWatch;
import io.magpie.gateway.Gateway;
import io.magpie.http.Health;

/** What this node does while it cannot reach PostgreSQL. */
final class DatabaseLoss implements PostgresWatch.Listener {
  private final Health health;
  private final Gateway gateway;

  private DatabaseLoss(Health health, Gateway gateway) {
    this.health = health;
    this.gateway = gateway;
  }

  /** Looks from now on until it is stopped. */
  static PostgresWatch watch(Core core, Health health, Gateway gateway) {
    PostgresWatch watch =
        new PostgresWatch(
            core.vertx(),
            core::probeDatabase,
            core.broadcast(),
            health::taking,
            new DatabaseLoss(health, gateway));
    watch.start();
    return watch;
  }

  @Override
  public void lost() {
    health.lost(true);
    gateway.outage().begin();
  }

  @Override
  public void elsewhere() {
    gateway.outage().sendAway();
  }

  @Override
  public void back() {
    health.lost(false);
    gateway.outage().end();
  }
}
