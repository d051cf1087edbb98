package io.magpie.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Authenticated connections of this node by user and by session. Shared by the event loops. */
public final class ConnectionRegistry {
  private final int perUser;
  private final Consumer<UUID> gone;
  private final Map<UUID, Deque<Connection>> byUser = new HashMap<>();
  private final Map<UUID, Set<Connection>> bySession = new HashMap<>();
  private int size;

  /**
   * @param perUser connections of a user at most
   * @param gone told when a user's last connection was removed
   */
  public ConnectionRegistry(int perUser, Consumer<UUID> gone) {
    this.perUser = perUser;
    this.gone = gone;
  }

  /**
   * Adds a connection.
   *
   * @return the user's oldest one, where there are more than allowed now
   */
  synchronized Optional<Connection> add(Connection connection) {
    Deque<Connection> same = byUser.computeIfAbsent(connection.user(), user -> new ArrayDeque<>());
    same.addLast(connection);
    bySession.computeIfAbsent(connection.session(), s -> new HashSet<>()).add(connection);
    size++;
    return same.size() > perUser ? Optional.of(same.getFirst()) : Optional.empty();
  }

  synchronized void remove(Connection connection) {
    Deque<Connection> same = byUser.get(connection.user());
    if (same == null || !same.remove(connection)) {
      return;
    }
    size--;
    if (same.isEmpty()) {
      byUser.remove(connection.user());
      gone.accept(connection.user());
    }
    Set<Connection> device = bySession.get(connection.session());
    device.remove(connection);
    if (device.isEmpty()) {
      bySession.remove(connection.session());
    }
  }

  synchronized List<Connection> ofSession(UUID session) {
    return new ArrayList<>(bySession.getOrDefault(session, Set.of()));
  }

  synchronized Collection<Connection> all() {
    List<Connection> all = new ArrayList<>();
    byUser.values().forEach(all::addAll);
    return all;
  }

  /** Authenticated connections. */
  public synchronized int size() {
    return size;
  }
}
