package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends the clients of this node away, because it stops or has lost its database, so that the nodes
 * that stay can take them as they come: over as long as these need at the rate of their hellos.
 * They are told in batches; who has not been told yet is served as before. What the time for the
 * drain does not allow is added to the waits that the clients are told.
 */
final class Drain {
  /** How long open requests and waiting frames of one connection may still take. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private static final long BATCH_MS = 100;

  /** Waits are spread over this at least, and over {@link #LONGEST_WAIT_MS} at most. */
  private static final long SHORTEST_WAIT_MS = 1_000;

  private static final long LONGEST_WAIT_MS = 20_000;
  private static final long LOOK_EVERY_MS = 20;

  private final Vertx vertx;
  private final ConnectionRegistry registry;
  private final Admission admission;
  private final Plan plan;
  private final Why why;
  private final long deadline;
  private volatile boolean calledOff;

  /** Why they go, and how long open requests and waiting frames of each may still take. */
  enum Why {
    SHUTDOWN("shutdown", ErrorCode.SHUTTING_DOWN, GRACE),
    /** Nothing that is open can be answered any more. */
    DATABASE("unavailable", ErrorCode.UNAVAILABLE, Duration.ofMillis(200));

    private final String reason;
    private final ErrorCode code;
    private final Duration grace;

    Why(String reason, ErrorCode code, Duration grace) {
      this.reason = reason;
      this.code = code;
      this.grace = grace;
    }
  }

  /**
   * How many at a time and how long they wait.
   *
   * @param batches the clients are told in so many, {@value #BATCH_MS} ms apart
   * @param waitMs their waits lie below this
   */
  record Plan(int batches, long waitMs) {
    static Plan of(int clients, int hellosPerSecond, Duration time) {
      long needed = clients * 1_000L / hellosPerSecond;
      long told = Math.min(needed, Math.max(0, time.minus(GRACE).toMillis()));
      long wait = Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, needed - told));
      return new Plan((int) Math.max(1, told / BATCH_MS), wait);
    }
  }

  Drain(
      Vertx vertx,
      GatewayLimits limits,
      ConnectionRegistry registry,
      Admission admission,
      Why why) {
    this.why = why;
    this.vertx = vertx;
    this.registry = registry;
    this.admission = admission;
    this.plan = Plan.of(registry.size(), limits.hellosPerSecond(), limits.drain());
    this.deadline = System.nanoTime() + limits.drain().toNanos();
  }

  /** Done when all connections have ended, or the time is over. */
  Future<Void> run() {
    List<Connection> clients = new ArrayList<>(registry.all());
    Collections.shuffle(clients);
    return tell(clients, (clients.size() + plan.batches() - 1) / plan.batches())
        .compose(told -> gone());
  }

  private Future<Void> tell(List<Connection> clients, int size) {
    if (clients.isEmpty() || calledOff) {
      return Future.succeededFuture();
    }
    int now = Math.min(size, clients.size());
    clients.subList(0, now).forEach(client -> client.onLoop(() -> sendAway(client)));
    List<Connection> later = clients.subList(now, clients.size());
    return later.isEmpty()
        ? Future.succeededFuture()
        : vertx.timer(BATCH_MS, TimeUnit.MILLISECONDS).compose(waited -> tell(later, size));
  }

  /** Whoever has not been told yet may stay. */
  void callOff() {
    calledOff = true;
  }

  /** Says goodbye to one that is live; on its event loop. */
  void sendAway(Connection connection) {
    if (connection.leaving().isEmpty()) {
      connection.send(new ServerFrame.GoAway(why.reason, wait(plan)));
      connection.flush();
      connection.leave(CloseCode.RESTART, RequestError.of(why.code), why.grace);
    }
  }

  /** Ends one that has not finished its hello; on its event loop. */
  void turnAway(Connection connection) {
    connection.end(
        CloseCode.RESTART, RequestError.retryAfter(why.code, Duration.ofMillis(wait(plan))));
  }

  private static long wait(Plan plan) {
    return ThreadLocalRandom.current().nextLong(plan.waitMs());
  }

  private Future<Void> gone() {
    boolean done = registry.size() == 0 && admission.count() == 0;
    if (done || System.nanoTime() - deadline > 0) {
      return Future.succeededFuture();
    }
    return vertx.timer(LOOK_EVERY_MS, TimeUnit.MILLISECONDS).compose(waited -> gone());
  }
}
