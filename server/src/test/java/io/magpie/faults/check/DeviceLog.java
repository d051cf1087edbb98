package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One device: who it is, its connections and what it got. */
final class DeviceLog {
  /** One connection. */
  record Up(Interval time, String connection, String node, String epoch, String session) {}

  final List<Up> ups = new ArrayList<>();
  final Map<String, Feed> feeds = new HashMap<>();
  private final String client;
  private final String user;
  private final List<Long> left = new ArrayList<>();
  private String session;

  DeviceLog(Line.Device line) {
    this.client = line.client();
    this.user = line.user();
    this.session = line.session();
  }

  String client() {
    return client;
  }

  String user() {
    return user;
  }

  void session(String now) {
    session = now;
  }

  void link(Line.Link line) {
    if (line.state().equals("up")) {
      down(line.t());
      Interval time = new Interval(line.t(), Long.MAX_VALUE);
      ups.add(new Up(time, line.connection(), line.node(), line.epoch(), session));
    } else if (line.state().equals("down")) {
      down(line.t());
    } else if (line.state().equals("left")) {
      left.add(line.t());
    }
  }

  /** Whether it did not want a connection at some time of those. */
  boolean leftIn(Interval time) {
    return left.stream().anyMatch(time::contains);
  }

  private void down(long t) {
    if (!ups.isEmpty() && ups.get(ups.size() - 1).time().to() == Long.MAX_VALUE) {
      Up last = ups.remove(ups.size() - 1);
      Interval time = new Interval(last.time().from(), t);
      ups.add(new Up(time, last.connection(), last.node(), last.epoch(), last.session()));
    }
  }

  /** When it wanted a connection again and had one, the last time before {@code t}; else 0. */
  long returnedBefore(long t) {
    long gone = left.stream().mapToLong(Long::longValue).filter(at -> at < t).max().orElse(-1);
    return gone < 0
        ? 0
        : ups.stream()
            .mapToLong(up -> up.time().from())
            .filter(at -> at > gone && at <= t)
            .min()
            .orElse(0);
  }

  boolean onlineAt(long t) {
    return ups.stream().anyMatch(up -> up.time().contains(t));
  }

  /** Over one and the same connection. */
  boolean onlineThroughout(Interval time) {
    return ups.stream()
        .anyMatch(up -> up.time().contains(time.from()) && up.time().contains(time.to()));
  }

  /** Whether another connection began in that time. */
  boolean reconnectedIn(Interval time) {
    return ups.stream().skip(1).anyMatch(up -> time.contains(up.time().from()));
  }

  Feed feed(String stream) {
    return feeds.computeIfAbsent(stream, id -> new Feed(this, id));
  }
}
