package io.magpie.bench.workload;

import io.magpie.bench.server.Shape;
import io.magpie.bench.workload.Ramp.Counted;
import java.time.Duration;
import java.util.List;

/** W1 to W5, the resume storm and the hard cases, in the sizes of docs/performance.md. */
public final class Workloads {
  private static final double NO_END = 5_000_000;
  private static final Shape READERS = new Shape(20, 10);
  private static final int CONVERSATIONS_EACH = 100;
  private static final int GROUP = 100;

  /** Messages that the big database has at least: a page in each conversation. */
  public static final int LEAST_STORED =
      READERS.conversations() * CONVERSATIONS_EACH * Reading.PAGE;

  private Workloads() {}

  /**
   * All of them.
   *
   * @param rates that are measured in W2, in deliveries a second; empty: looks for the maximum, and
   *     measures some rates besides
   * @param time of each rate
   * @param stands acknowledged sends a second of which an overload is several times as much; 0: a
   *     ramp finds it
   * @param messages in the big database, {@link #LEAST_STORED} at least
   * @param idle connections of W3, whole hundreds and more than the thousand they are compared with
   */
  public static List<Workload> all(
      List<Double> rates, Duration time, double stands, int messages, int idle) {
    boolean climb = rates.isEmpty();
    double most = climb ? NO_END : 0;
    List<Double> dense = climb ? List.of(20_000.0, 80_000.0, 320_000.0) : rates;
    List<Double> sparse = climb ? List.of(20_000.0) : rates;
    return List.of(
        new SteadyLoad("W1", new Shape(1, 100), 20, Duration.ofSeconds(30)),
        new Ramp("W2 dense", new Shape(10, 100), 10_000, most, dense, Counted.DELIVERIES, time),
        new Ramp("W2 sparse", new Shape(100, 100), 5_000, most, sparse, Counted.DELIVERIES, time),
        new IdleCrowd("W3", new Shape(idle / GROUP, GROUP), Duration.ofSeconds(30)),
        new JoinStorm("W4", new Shape(50, 100)),
        new Ramp("W5", new Shape(500, 2), 500, NO_END, List.of(), Counted.SENDS, time),
        new ResumeStorm("resume storm", new Shape(20, 100), 5),
        new Overload("overload", new Shape(1_000, 2), stands, Duration.ofSeconds(15)),
        new BigGroup("big group", new Shape(1, 5_000), 2, Duration.ofSeconds(10)),
        new Stored("stored", READERS, CONVERSATIONS_EACH, 10_000, messages, 300));
  }

  /**
   * Some of them in small, to see that they work: seconds, and no figures worth reading. Those that
   * want the same settings of a server follow each other, and the first wants those with which
   * people are made.
   */
  public static List<Workload> small() {
    Shape shape = new Shape(4, 20);
    Duration time = Duration.ofMillis(500);
    return List.of(
        new Overload("overload", new Shape(10, 2), 200, time),
        new Ramp("W2 dense", shape, 1, 0, List.of(2_000.0), Counted.DELIVERIES, time),
        new ResumeStorm("resume storm", shape, 5),
        new BigGroup("big group", new Shape(1, 20), 40, time),
        new Stored("stored", new Shape(2, 3), 40, 2_400, 9_600, 10));
  }
}
