package io.magpie.presence;

import io.magpie.access.Actor;
import io.magpie.operation.Line;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who watches whom on this node. Memory is proportional to what is watched, the cost of a change to
 * the watchers of that user.
 */
final class Watching {
  private final int limit;
  private final Runnable coalesced;
  private final Map<UUID, Watcher> watchers = new HashMap<>();
  private final Map<UUID, Watched> users = new HashMap<>();
  private Set<Watcher> waiting = new LinkedHashSet<>();
  private int active;

  /**
   * @param limit users that one connection watches at most
   * @param coalesced called when one frame will do for a change and an earlier one
   */
  Watching(int limit, Runnable coalesced) {
    this.limit = limit;
    this.coalesced = coalesced;
  }

  void connected(Line line, Actor.User user) {
    watchers.put(line.id(), new Watcher(line, user));
  }

  /** The connection's user; empty where the connection is not known. */
  Optional<UUID> disconnected(UUID line) {
    Watcher watcher = watchers.remove(line);
    if (watcher == null) {
      return Optional.empty();
    }
    List<Watched> watched = List.copyOf(watcher.watched());
    if (!watched.isEmpty()) {
      active--;
    }
    watcher.end();
    waiting.remove(watcher);
    for (Watched one : watched) {
      one.watcherEnded();
      forgetIfUnwatched(one);
    }
    return Optional.of(watcher.user().id());
  }

  /**
   * From now on the connection is told of these users, too.
   *
   * @return all of them; empty where the connection is over
   * @throws RequestError {@code too_many_watched}, and none of them is watched
   */
  List<Watched> watch(UUID line, Collection<UUID> asked) {
    Watcher watcher = watchers.get(line);
    if (watcher == null) {
      return List.of();
    }
    Map<UUID, Watched> before = new HashMap<>();
    watcher.watched().forEach(one -> before.put(one.user(), one));
    Set<UUID> more = new LinkedHashSet<>(asked);
    more.removeAll(before.keySet());
    if (before.size() + more.size() > limit) {
      throw RequestError.of(ErrorCode.TOO_MANY_WATCHED);
    }
    if (before.isEmpty() && !more.isEmpty()) {
      active++;
    }
    for (UUID user : more) {
      Watched one = users.computeIfAbsent(user, Watched::new);
      one.add(watcher);
      watcher.watched().add(one);
    }
    return asked.stream().map(users::get).toList();
  }

  void unwatch(UUID line, Collection<UUID> asked) {
    Watcher watcher = watchers.get(line);
    if (watcher != null) {
      Set<UUID> ids = new HashSet<>(asked);
      unwatch(watcher, watcher.watched().stream().filter(w -> ids.contains(w.user())).toList());
    }
  }

  /** The watcher is not told of these any more. */
  void unwatch(Watcher watcher, List<Watched> gone) {
    if (watcher.ended() || watcher.watched().isEmpty()) {
      return;
    }
    watcher.forget(new HashSet<>(gone));
    if (watcher.watched().isEmpty()) {
      active--;
    }
    for (Watched one : gone) {
      one.remove(watcher);
      forgetIfUnwatched(one);
    }
  }

  private void forgetIfUnwatched(Watched one) {
    if (one.unwatched()) {
      users.remove(one.user(), one);
    }
  }

  /** Takes rows that were read; watchers of what is new are told at the next delivery. */
  void take(List<PresenceRow> rows) {
    for (PresenceRow row : rows) {
      Watched one = users.get(row.user());
      if (one == null) {
        continue;
      }
      boolean first = !one.known();
      if (one.take(row) && !first) {
        one.watchers().forEach(watcher -> changed(watcher, one));
      }
    }
  }

  private void changed(Watcher watcher, Watched one) {
    if (watcher.changed(one)) {
      waiting.add(watcher);
    } else if (!watcher.ended()) {
      coalesced.run();
    }
  }

  /** What was taken for delivery could not be delivered: again at the next one. */
  void again(Watcher watcher, Collection<Watched> undelivered) {
    undelivered.forEach(one -> changed(watcher, one));
  }

  /** Everybody who has to be told something; they wait no more. */
  Set<Watcher> waiting() {
    Set<Watcher> now = waiting;
    waiting = new LinkedHashSet<>();
    return now;
  }

  /** The watcher has more to be told than fits one delivery. */
  void wait(Watcher watcher) {
    if (!watcher.toldAll()) {
      waiting.add(watcher);
    }
  }

  /** Connections that watch somebody. */
  int active() {
    return active;
  }

  /** Users whom somebody watches. */
  int watched() {
    return users.size();
  }

  List<UUID> users() {
    return new ArrayList<>(users.keySet());
  }
}
