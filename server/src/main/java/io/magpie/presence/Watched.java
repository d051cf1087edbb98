package io.magpie.presence;

import io.magpie.protocol.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A user whom connections of this node watch, and the newest row of them. */
final class Watched {
  private final UUID user;
  private final List<Watcher> watchers = new ArrayList<>(2);
  private int ended;
  private Optional<PresenceRow> row = Optional.empty();
  private Optional<Presence> shown = Optional.empty();
  private String signal = "";

  /** {@code PresenceSignal} of the contract. */
  private record PresenceSignal(String kind, Presence presence) {}

  Watched(UUID user) {
    this.user = user;
  }

  UUID user() {
    return user;
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  /**
   * One of the watchers has ended. It is removed together with others, so that the end of many
   * connections costs no search in long lists.
   */
  void watcherEnded() {
    ended++;
    if (ended * 2 > watchers.size()) {
      watchers.removeIf(Watcher::ended);
      ended = 0;
    }
  }

  boolean unwatched() {
    return watchers.isEmpty();
  }

  List<Watcher> watchers() {
    return watchers;
  }

  /** Whether anything is known yet. */
  boolean known() {
    return row.isPresent();
  }

  /**
   * Takes a row that was read; an older one changes nothing.
   *
   * @return whether more than the version is new
   */
  boolean take(PresenceRow read) {
    if (row.isPresent() && row.get().version() >= read.version()) {
      return false;
    }
    boolean same = row.isPresent() && row.get().sameAs(read);
    row = Optional.of(read);
    shown = Optional.empty();
    return !same;
  }

  /** How the user is shown now; empty while nothing is known. */
  Optional<Presence> shown(Instant now) {
    refresh(now);
    return shown;
  }

  /** The signal that tells it, as the contract writes it; shared by all watchers. */
  String signal(Instant now) {
    refresh(now);
    return signal;
  }

  private void refresh(Instant now) {
    boolean good = shown.isPresent() && shown.get().status().filter(s -> !s.current(now)).isEmpty();
    if (!good) {
      shown = row.map(one -> one.shown(now));
      signal = shown.map(one -> Json.write(new PresenceSignal("presence", one))).orElse("");
    }
  }
}
