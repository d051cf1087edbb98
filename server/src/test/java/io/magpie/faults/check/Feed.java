package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What the application of one device got of one stream. */
final class Feed {
  final DeviceLog device;
  final String stream;

  /** Deliveries, resyncs and snapshots in the order of their times. */
  final List<Line> lines = new ArrayList<>();

  private final List<Line.Subscribe> snapshots = new ArrayList<>();
  private final List<Line.Resync> resyncs = new ArrayList<>();
  private final Map<Long, Long> times = new HashMap<>();
  private final NavigableSet<Long> seqs = new TreeSet<>();
  private int deliveries;

  Feed(DeviceLog device, String stream) {
    this.device = device;
    this.stream = stream;
  }

  void add(Line.Deliver line) {
    deliveries++;
    lines.add(line);
    if (times.putIfAbsent(line.seq(), line.t()) == null) {
      seqs.add(line.seq());
    }
  }

  void add(Line.Resync line) {
    lines.add(line);
    resyncs.add(line);
  }

  void add(Line.Subscribe line) {
    lines.add(line);
    snapshots.add(line);
  }

  int deliveries() {
    return deliveries;
  }

  /** When an event was applied first. */
  OptionalLong appliedAt(long seq) {
    Long time = times.get(seq);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time);
  }

  boolean hasAfter(long seq) {
    return !seqs.isEmpty() && seqs.last() > seq;
  }

  /** The times of the last application before a number, and of the next with it or after it. */
  Interval around(long missing) {
    Long before = seqs.lower(missing);
    Long after = seqs.ceiling(missing);
    return new Interval(
        before == null ? 0 : times.get(before), after == null ? Long.MAX_VALUE : times.get(after));
  }

  /** Whether the device was told that it will not get this one. */
  boolean excused(long seq) {
    return resyncs.stream().anyMatch(resync -> seq <= resync.seq());
  }

  /** Whether anything tells that the device knew of this membership. */
  boolean knows(Interval membership) {
    return start(membership).isPresent();
  }

  /** The numbers of a membership that the device must have got; empty where it never held it. */
  OptionalLong start(Interval membership) {
    long first = Long.MAX_VALUE;
    for (Line.Subscribe snapshot : snapshots) {
      if (snapshot.seq() >= membership.from() - 1 && snapshot.seq() <= membership.to()) {
        first = Math.min(first, snapshot.seq() + 1);
      }
    }
    Long applied = seqs.ceiling(membership.from());
    if (applied != null && membership.contains(applied)) {
      first = Math.min(first, applied);
    }
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }

  /**
   * The last number of a membership that the device must have got. Whoever was removed while the
   * connection was gone does not get the rest: at the next welcome the stream is not theirs.
   */
  private long end(Interval membership) {
    Long last = seqs.floor(membership.to());
    if (membership.to() == Long.MAX_VALUE || last == null || last < membership.from()) {
      return membership.to();
    }
    Interval silence = around(last + 1);
    return device.reconnectedIn(silence) ? last : membership.to();
  }

  /** The stored numbers that the device must have applied by the end. */
  List<Long> required(StoredStream stored) {
    List<Long> all = new ArrayList<>();
    for (Interval membership : stored.memberships(device.user())) {
      OptionalLong start = start(membership);
      long end = end(membership);
      if (start.isPresent() && start.getAsLong() <= end) {
        all.addAll(stored.events.subMap(start.getAsLong(), true, end, true).keySet());
      }
    }
    all.removeIf(seq -> excused(seq) && !times.containsKey(seq));
    return all;
  }

  @Override
  public String toString() {
    return device.client() + " in " + stream;
  }
}
