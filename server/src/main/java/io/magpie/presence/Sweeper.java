package io.magpie.presence;

import io.magpie.presence.TellingStore.Dead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what dead nodes told, each {@value #PERIOD_MS} ms on every node: users who are
 * connected nowhere else go offline. For another minute it looks whether something came late.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  static final long PERIOD_MS = 1_000;

  private final Vertx vertx;
  private final TellingStore store;
  private final Runnable swept;
  private final PresenceMetrics metrics;
  private long timer = -1;
  private volatile boolean busy;

  /**
   * @param swept called when something may have changed, also by the sweep of another node
   */
  Sweeper(Vertx vertx, TellingStore store, Runnable swept, PresenceMetrics metrics) {
    this.vertx = vertx;
    this.store = store;
    this.swept = swept;
    this.metrics = metrics;
  }

  void start() {
    timer = vertx.setPeriodic(PERIOD_MS, tick -> sweep());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void sweep() {
    if (busy) {
      return;
    }
    busy = true;
    store
        .dead()
        .compose(this::takeBack)
        .onFailure(failure -> LOG.debug("dead nodes are not looked for: {}", failure.toString()))
        .onComplete(done -> busy = false);
  }

  private Future<Void> takeBack(List<Dead> dead) {
    Future<Void> chain = Future.succeededFuture();
    for (Dead one : dead) {
      chain =
          chain
              .compose(done -> store.takeBack(one.incarnation(), metrics::swept))
              .compose(
                  done ->
                      one.over() ? store.forget(one.incarnation()) : store.bury(one.incarnation()));
    }
    return dead.isEmpty() ? chain : chain.onSuccess(done -> swept.run());
  }
}
