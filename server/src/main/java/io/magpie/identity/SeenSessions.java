package io.magpie.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the database which sessions are in use: all of the last {@value #EVERY_MS} ms in one
 * statement, so that a thousand clients that come back together cost one write and not a thousand.
 * What cannot be written is forgotten; the session's next use notes it again. From any thread.
 */
final class SeenSessions {
  static final long EVERY_MS = 2_000;

  /** A session that was noted within this time is not written again. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** Sessions that wait at most; more are left to their next use. */
  private static final int MOST = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(SeenSessions.class);

  private final Vertx vertx;
  private final SessionStore store;
  private final long timer;
  private Set<UUID> waiting = new HashSet<>();

  SeenSessions(Vertx vertx, SessionStore store) {
    this.vertx = vertx;
    this.store = store;
    this.timer = vertx.setPeriodic(EVERY_MS, tick -> write());
  }

  synchronized void add(UUID session) {
    if (waiting.size() < MOST) {
      waiting.add(session);
    }
  }

  private synchronized Set<UUID> take() {
    Set<UUID> taken = waiting;
    waiting = new HashSet<>();
    return taken;
  }

  private Future<Void> write() {
    Set<UUID> sessions = take();
    return sessions.isEmpty()
        ? Future.succeededFuture()
        : store
            .seen(sessions, PAUSE)
            .onFailure(e -> LOG.warn("used sessions cannot be noted: {}", e.getMessage()));
  }

  /** Writes what waits. */
  Future<Void> close() {
    vertx.cancelTimer(timer);
    return write().otherwiseEmpty();
  }
}
