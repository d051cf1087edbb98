package io.magpie.faults.run;

import io.magpie.faults.history.History;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Numbers of a history that single cases ask for. Times are those of its lines. */
public final class Measures {
  private final List<Line> lines;

  Measures(History history) {
    this.lines = history.lines();
  }

  private <T extends Line> List<T> all(Class<T> type, Predicate<T> which) {
    return lines.stream().filter(type::isInstance).map(type::cast).filter(which).toList();
  }

  /** How many sends were acknowledged between two times. */
  public long acked(long from, long to) {
    return all(Line.Send.class, line -> line.phase() == Phase.OK && within(line, from, to)).size();
  }

  /** How long the last acknowledgement lay back at most between two times. */
  public Duration longestSilence(long from, long to) {
    long last = from;
    long longest = 0;
    for (Line.Send ack :
        all(Line.Send.class, line -> line.phase() == Phase.OK && within(line, from, to))) {
      longest = Math.max(longest, ack.t() - last);
      last = ack.t();
    }
    return micros(Math.max(longest, to - last));
  }

  /** From invocation to acknowledgement, of sends invoked between two times. */
  public Duration ackTime(double share, long from, long to) {
    Map<String, Long> begun = new HashMap<>();
    List<Long> took = new ArrayList<>();
    for (Line.Send line : all(Line.Send.class, line -> true)) {
      if (line.phase() == Phase.INVOKE && within(line, from, to)) {
        begun.put(line.clientId(), line.t());
      } else if (line.phase() == Phase.OK && begun.containsKey(line.clientId())) {
        took.add(line.t() - begun.get(line.clientId()));
      }
    }
    return at(share, took);
  }

  /** How long devices were away whose connection ended between two times, less those that left. */
  public Duration awayTime(double share, long from, long to) {
    Map<String, Long> down = new HashMap<>();
    List<Long> took = new ArrayList<>();
    for (Line.Link line : all(Line.Link.class, line -> true)) {
      if (line.state().equals("down") && within(line, from, to)) {
        down.putIfAbsent(line.client(), line.t());
      } else if (line.state().equals("left")) {
        down.remove(line.client());
      } else if (line.state().equals("live") && down.containsKey(line.client())) {
        took.add(line.t() - down.remove(line.client()));
      }
    }
    return at(share, took);
  }

  /**
   * For each device that was live at a node: how long after {@code since} it was live at another
   * one. Far too long for those that never were.
   *
   * @param at when it was live there
   */
  public List<Duration> moved(String node, long at, long since) {
    Map<String, String> before = new HashMap<>();
    Map<String, Duration> moved = new HashMap<>();
    for (Line.Link line : all(Line.Link.class, line -> line.state().equals("live"))) {
      if (line.t() <= at) {
        before.put(line.client(), line.node());
      } else if (node.equals(before.get(line.client())) && !line.node().equals(node)) {
        moved.putIfAbsent(line.client(), micros(Math.max(0, line.t() - since)));
      }
    }
    before.values().removeIf(name -> !name.equals(node));
    before.keySet().forEach(device -> moved.putIfAbsent(device, Duration.ofDays(1)));
    return List.copyOf(moved.values());
  }

  /** Connections that ended with this code between two times. */
  public long closed(int code, long from, long to) {
    return all(
            Line.Link.class,
            line -> line.state().equals("down") && line.code() == code && within(line, from, to))
        .size();
  }

  /**
   * From a transmission of a send to its ack, of those that were acknowledged between two times.
   */
  public Duration tryTime(double share, long from, long to) {
    return at(
        share,
        all(Line.Try.class, line -> line.phase() == Phase.OK && within(line, from, to)).stream()
            .map(Line.Try::micros)
            .toList());
  }

  /** Transmissions of sends that ended otherwise than by an ack between two times. */
  public long failedTries(long from, long to) {
    return all(Line.Try.class, line -> line.phase() != Phase.OK && within(line, from, to)).size();
  }

  public long reconnects() {
    return all(Line.Link.class, line -> line.state().equals("down")).size();
  }

  /** Streams that devices were told to fetch anew. */
  public long resyncs() {
    return all(Line.Resync.class, line -> true).size();
  }

  /** Sends invoked between two times that were refused for good, in percent. */
  public double refusedPercent(long from, long to) {
    long invoked =
        all(Line.Send.class, line -> line.phase() == Phase.INVOKE && within(line, from, to)).size();
    long refused =
        all(Line.Send.class, line -> line.phase() == Phase.FAIL && within(line, from, to)).size();
    return invoked == 0 ? 0 : 100.0 * refused / invoked;
  }

  private static boolean within(Line line, long from, long to) {
    return line.t() >= from && line.t() <= to;
  }

  private static Duration at(double share, List<Long> values) {
    if (values.isEmpty()) {
      return Duration.ZERO;
    }
    List<Long> sorted = values.stream().sorted().toList();
    return micros(sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()))));
  }

  private static Duration micros(long number) {
    return Duration.ofNanos(number * 1_000);
  }
}
