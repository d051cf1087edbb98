package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one node holds of a stream at the end, and who may read which part of it. */
final class StoredStream {
  final String id;
  final NavigableMap<Long, Stored> events = new TreeMap<>();
  private final Map<String, List<Interval>> members = new HashMap<>();
  private long head;

  StoredStream(String id) {
    this.id = id;
  }

  void add(Line.Final page) {
    page.events().forEach(event -> events.put(event.seq(), event));
    head = Math.max(head, page.head());
  }

  long head() {
    return head;
  }

  /** Computes the memberships, once all pages are there. */
  void computeMembers() {
    for (Stored event : events.values()) {
      switch (event.kind()) {
        case "conversation.created", "member.added" ->
            event.users().forEach(user -> joined(user, event.seq()));
        case "member.removed" -> event.users().forEach(user -> left(user, event.seq()));
        default -> {}
      }
    }
  }

  private void joined(String user, long seq) {
    List<Interval> all = members.computeIfAbsent(user, none -> new ArrayList<>());
    if (all.isEmpty() || all.get(all.size() - 1).to() != Long.MAX_VALUE) {
      all.add(new Interval(seq, Long.MAX_VALUE));
    }
  }

  private void left(String user, long seq) {
    List<Interval> all = members.getOrDefault(user, List.of());
    if (!all.isEmpty() && all.get(all.size() - 1).to() == Long.MAX_VALUE) {
      all.set(all.size() - 1, new Interval(all.get(all.size() - 1).from(), seq));
    }
  }

  /** An inbox belongs to its user from the beginning; a conversation to its members. */
  List<Interval> memberships(String user) {
    return id.equals(user)
        ? List.of(new Interval(1, Long.MAX_VALUE))
        : members.getOrDefault(user, List.of());
  }

  boolean mayRead(String user, long seq) {
    return memberships(user).stream().anyMatch(interval -> interval.contains(seq));
  }
}
