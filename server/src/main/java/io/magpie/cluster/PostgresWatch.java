package io.magpie.cluster;

import io.magpie.fanout.Broadcast;
import io.magpie.storage.Failing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every {@value #EVERY_MS} ms whether this node reaches PostgreSQL, and tells the other nodes
 * by Redis as long as it does. A loss is noticed within 2.5 s; that other nodes still have the
 * database within another second. With Redis lost as well nothing is heard of them, and the clients
 * stay.
 */
public final class PostgresWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
  private static final String READY = "node.ready";
  private static final long EVERY_MS = 500;
  private static final long ANSWER_MS = 750;

  private final Vertx vertx;
  private final Context context;
  private final Supplier<Future<Void>> probe;
  private final Broadcast broadcast;
  private final BooleanSupplier taking;
  private final Sight sight;
  private boolean probing;
  private long timer = -1;

  /** Told on an event loop, each once a loss. */
  public interface Listener {
    /** This node cannot serve anybody. */
    void lost();

    /** After {@link #lost}: others can. */
    void elsewhere();

    /** After {@link #lost}: this node can again. */
    void back();
  }

  /**
   * @param probe asks the database over connections that people's requests do not use up
   * @param taking whether this node takes clients as far as the database is not concerned
   */
  public PostgresWatch(
      Vertx vertx,
      Supplier<Future<Void>> probe,
      Broadcast broadcast,
      BooleanSupplier taking,
      Listener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.probe = probe;
    this.broadcast = broadcast;
    this.taking = taking;
    this.sight = new Sight(listener);
  }

  public void start() {
    broadcast.listen(READY, json -> context.runOnContext(go -> sight.heard(System.nanoTime())));
    context.runOnContext(
        go -> timer = vertx.setPeriodic(EVERY_MS, tick -> context.runOnContext(now -> look())));
  }

  private void look() {
    if (probing) {
      return;
    }
    probing = true;
    sight.begins(System.nanoTime());
    Failing.call(probe)
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
        .onComplete(done -> context.runOnContext(go -> looked(done.cause())));
  }

  private void looked(Throwable failure) {
    probing = false;
    boolean before = sight.lost();
    if (failure == null) {
      sight.answered();
      if (!sight.lost() && taking.getAsBoolean()) {
        broadcast.send(READY, "{}");
      }
    } else {
      sight.failed(System.nanoTime());
    }
    if (before != sight.lost()) {
      LOG.warn(before ? "PostgreSQL is back" : "PostgreSQL is lost: {}", String.valueOf(failure));
    }
  }

  public void stop() {
    context.runOnContext(go -> vertx.cancelTimer(timer));
  }
}
