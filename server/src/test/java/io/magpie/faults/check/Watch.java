package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one device was told of one user.
 *
 * @param told in the order of its times, not empty
 */
record Watch(DeviceLog device, String about, List<Line.Presence> told) {
  /** What a device needs to ask again on a new connection, and to be answered. */
  private static final long ASKING = Micros.of(Duration.ofSeconds(3));

  /**
   * A state that lasted long enough for everybody to know it.
   *
   * @param due until when everybody must know it
   * @param until when something else became right
   */
  record Truth(String state, long since, long due, long until) {
    boolean gone() {
      return state.equals("offline");
    }
  }

  static List<Watch> all(Facts facts) {
    Map<String, Watch> watches = new LinkedHashMap<>();
    for (Line.Presence line : facts.presences) {
      DeviceLog device = facts.devices.get(line.client());
      if (device != null) {
        watches
            .computeIfAbsent(
                line.client() + " " + line.about(),
                none -> new Watch(device, line.about(), new ArrayList<>()))
            .told
            .add(line);
      }
    }
    return List.copyOf(watches.values());
  }

  /** By user. */
  static Map<String, List<Truth>> truths(Facts facts, Duration bound) {
    Map<String, Line.PresenceIs> last = new HashMap<>();
    Map<String, List<Truth>> truths = new HashMap<>();
    for (Line.PresenceIs line : facts.presenceTruths) {
      Line.PresenceIs before = last.put(line.about(), line);
      if (before != null) {
        add(truths, before, line.t(), bound);
      }
    }
    last.values().forEach(line -> add(truths, line, Long.MAX_VALUE, bound));
    return truths;
  }

  private static void add(
      Map<String, List<Truth>> truths, Line.PresenceIs line, long until, Duration bound) {
    long due = line.t() + Micros.of(bound);
    if (due < until && !line.state().isEmpty()) {
      truths
          .computeIfAbsent(line.about(), none -> new ArrayList<>())
          .add(new Truth(line.state(), line.t(), due, until));
    }
  }

  /** Whether the device must know it: it has had one connection for long enough. */
  boolean sees(Truth truth) {
    long from = Math.max(truth.since(), truth.due() - ASKING);
    return device.onlineThroughout(new Interval(from, truth.due()));
  }

  /** What the device took for true; nothing before it was told the first time. */
  String stateAt(long t) {
    String state = "";
    for (Line.Presence line : told) {
      if (line.t() <= t) {
        state = line.state();
      }
    }
    return state;
  }

  /** How long it took for something else; empty where that was still so when it was due. */
  OptionalLong learned(Truth truth) {
    if (!stateAt(truth.due()).equals(truth.state())) {
      return OptionalLong.empty();
    }
    long right = truth.since();
    boolean wrong = !stateAt(truth.since()).equals(truth.state());
    for (Line.Presence line : told) {
      if (line.t() > truth.since() && line.t() <= truth.due()) {
        boolean now = !line.state().equals(truth.state());
        right = wrong && !now ? line.t() : right;
        wrong = now;
      }
    }
    return OptionalLong.of(right - truth.since());
  }
}
