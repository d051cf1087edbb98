package io.magpie.presence;

import io.magpie.access.Actor;
import io.magpie.operation.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A connection that watches users, and whose changes it has not been told yet. */
final class Watcher {
  private final Line line;
  private final Actor.User user;
  private final List<Watched> watched = new ArrayList<>();
  private Set<Watched> untold = Set.of();
  private boolean ended;

  Watcher(Line line, Actor.User user) {
    this.line = line;
    this.user = user;
  }

  Line line() {
    return line;
  }

  Actor.User user() {
    return user;
  }

  List<Watched> watched() {
    return watched;
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
    watched.clear();
    untold = Set.of();
  }

  /**
   * Something of this user is to be told.
   *
   * @return whether nothing of them was to be told before
   */
  boolean changed(Watched one) {
    if (ended) {
      return false;
    }
    if (untold.isEmpty()) {
      untold = new LinkedHashSet<>();
    }
    return untold.add(one);
  }

  void forget(Collection<Watched> gone) {
    watched.removeAll(gone);
    if (!untold.isEmpty()) {
      untold.removeAll(gone);
    }
  }

  /** Takes what is to be told next. */
  List<Watched> next(int atMost) {
    List<Watched> next = new ArrayList<>();
    for (Iterator<Watched> all = untold.iterator(); all.hasNext() && next.size() < atMost; ) {
      next.add(all.next());
      all.remove();
    }
    if (untold.isEmpty()) {
      untold = Set.of();
    }
    return next;
  }

  boolean toldAll() {
    return untold.isEmpty();
  }
}
