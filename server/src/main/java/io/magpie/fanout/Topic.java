package io.magpie.fanout;

import io.magpie.fault.SeededBug;
import io.magpie.stream.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The gate of one stream on one event loop: lets events through in the order of their numbers. Pure
 * bookkeeping, no I/O.
 */
final class Topic {
  /** Number of the last event that went through while nobody knows it yet. */
  static final long UNKNOWN = -1;

  /** Events held back for a gap at most; what does not fit is pulled again. */
  static final int MAX_HELD = 1_000;

  private final UUID stream;
  private final Map<Subscriber, Subscription> subscriptions = new HashMap<>();
  private Subscription[] inRow = {};
  private final NavigableMap<Long, Event> held = new TreeMap<>();
  private long last = UNKNOWN;
  private long expected;

  Topic(UUID stream) {
    this.stream = stream;
  }

  UUID stream() {
    return stream;
  }

  long last() {
    return last;
  }

  boolean opened() {
    return last != UNKNOWN;
  }

  void add(Subscription subscription) {
    subscriptions.put(subscription.subscriber(), subscription);
    inRow = null;
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription.subscriber());
    inRow = null;
  }

  /** Whether nobody reads this stream here any more. */
  boolean deserted() {
    return subscriptions.isEmpty();
  }

  /**
   * Everybody who reads it now. An array, because a delivery is little more than a step along it;
   * made again after a change, so it may be walked while subscriptions come and go.
   */
  Subscription[] readers() {
    if (inRow == null) {
      inRow = subscriptions.values().toArray(Subscription[]::new);
    }
    return inRow;
  }

  /**
   * Offers an event.
   *
   * @return the events that go through now, in order; often just this one
   */
  List<Event> offer(Event event) {
    if (SeededBug.NO_GATE.on() && opened()) {
      last = Math.max(last, event.seq());
      return List.of(event);
    }
    if (opened() && event.seq() == last + 1) {
      last = event.seq();
      return held.isEmpty() ? List.of(event) : drain(event);
    }
    if ((!opened() || event.seq() > last) && held.size() < MAX_HELD) {
      held.put(event.seq(), event);
    }
    return List.of();
  }

  /**
   * Tells up to which number somebody has read in the database. The first time this opens the gate.
   *
   * @return events held back that follow it
   */
  List<Event> open(long seq) {
    if (opened()) {
      return List.of();
    }
    last = seq;
    held.headMap(seq, true).clear();
    Event next = held.remove(seq + 1);
    if (next == null) {
      return List.of();
    }
    last = next.seq();
    return drain(next);
  }

  /** The database has events up to this number. */
  void expect(long head) {
    expected = Math.max(expected, head);
  }

  /** Whether the database is known to have more than went through. */
  boolean behind() {
    return opened() && expected > last;
  }

  /** Whether events wait for an earlier one that did not come. */
  boolean gap() {
    return opened() && !held.isEmpty();
  }

  private List<Event> drain(Event first) {
    List<Event> through = new ArrayList<>();
    through.add(first);
    Event next = held.remove(last + 1);
    while (next != null) {
      through.add(next);
      last = next.seq();
      next = held.remove(last + 1);
    }
    held.headMap(last, true).clear();
    return through;
  }
}
