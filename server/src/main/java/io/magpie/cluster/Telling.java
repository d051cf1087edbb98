package io.magpie.cluster;

import io.magpie.storage.Failing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that has to be told anew with each incarnation of the node. It never runs twice at
 * once: a new incarnation while it runs makes it run again. Used on the lease's context only.
 */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Supplier<Future<Void>> work;
  private boolean running;
  private boolean again;
  private boolean stopped;

  Telling(Vertx vertx, Supplier<Future<Void>> work) {
    this.vertx = vertx;
    this.work = work;
  }

  void tell() {
    if (running || stopped) {
      again = running;
      return;
    }
    running = true;
    again = false;
    Failing.call(work::get)
        .onFailure(failure -> LOG.warn("a node's state is told again: {}", failure.toString()))
        .onComplete(done -> told(done.succeeded()));
  }

  private void told(boolean succeeded) {
    running = false;
    if (!succeeded) {
      vertx.setTimer(RETRY.toMillis(), timer -> tell());
    } else if (again) {
      tell();
    }
  }

  void stop() {
    stopped = true;
  }
}
