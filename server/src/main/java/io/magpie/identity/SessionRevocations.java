package io.magpie.identity;

import io.magpie.fanout.Broadcast;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who listens that sessions ended: at once for what this node ended, and for what others did
 * as soon as Redis tells it, within {@value #REREAD_MS} ms when Redis does not.
 *
 * <p>A session may be announced several times, and to a listener that never heard of it. Listeners
 * are called on whatever thread noticed, must not block and hop to their own context themselves.
 */
public final class SessionRevocations {
  static final long REREAD_MS = 5_000;

  private static final String TOPIC = "session.ended";

  /** Ids in one message. */
  private static final int AT_ONCE = 500;

  private static final Logger LOG = LoggerFactory.getLogger(SessionRevocations.class);

  private final Vertx vertx;
  private final RevocationStore store;
  private final Broadcast broadcast;
  private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
  private final long timer;

  SessionRevocations(Vertx vertx, RevocationStore store, Broadcast broadcast) {
    this.vertx = vertx;
    this.store = store;
    this.broadcast = broadcast;
    broadcast.listen(TOPIC, this::heard);
    this.timer = vertx.setPeriodic(REREAD_MS, id -> reread());
  }

  /** Calls {@code listener} with the id of each session that ends from now on. */
  public void listen(Consumer<UUID> listener) {
    listeners.add(listener);
  }

  /** After the commit: to this node's listeners and to the other nodes. */
  void announce(Collection<UUID> sessions) {
    tell(sessions);
    List<UUID> named = List.copyOf(sessions);
    for (int i = 0; i < named.size(); i += AT_ONCE) {
      List<UUID> part = named.subList(i, Math.min(named.size(), i + AT_ONCE));
      broadcast.send(TOPIC, part.stream().map(UUID::toString).collect(Collectors.joining(",")));
    }
  }

  private void heard(String sessions) {
    tell(Arrays.stream(sessions.split(",")).map(UUID::fromString).toList());
  }

  private void tell(Collection<UUID> sessions) {
    for (UUID session : sessions) {
      for (Consumer<UUID> listener : listeners) {
        tell(listener, session);
      }
    }
  }

  private static void tell(Consumer<UUID> listener, UUID session) {
    try {
      listener.accept(session);
    } catch (RuntimeException e) {
      LOG.error("a listener of ended sessions failed", e);
    }
  }

  /** Overlaps with the time before, so one that fails loses nothing. */
  void reread() {
    store
        .recent()
        .onSuccess(this::tell)
        .onFailure(e -> LOG.warn("ended sessions cannot be read: {}", e.getMessage()));
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
