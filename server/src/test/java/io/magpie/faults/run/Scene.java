package io.magpie.faults.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.load.Crowd;
import io.magpie.faults.load.LoadDriver;
import io.magpie.testkit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a case works with: the cluster under load, chance, and the book of what was done. */
public final class Scene {
  private final FaultCluster cluster;
  private final LoadDriver driver;
  private final Crowd crowd;
  private final HistoryWriter book;
  private final Pace pace;
  private final Random random;
  private final String id;
  private final long end;
  private final List<String> violations = new ArrayList<>();
  private final List<Consumer<Measures>> afterwards = new ArrayList<>();
  private final Map<String, String> figures = new LinkedHashMap<>();
  private Resources resources;

  /** The time for faults begins now. */
  Scene(
      String id,
      FaultCluster cluster,
      LoadDriver driver,
      Crowd crowd,
      HistoryWriter book,
      Pace pace,
      long seed) {
    this.id = id;
    this.cluster = cluster;
    this.driver = driver;
    this.crowd = crowd;
    this.book = book;
    this.pace = pace;
    this.random = new Random(seed);
    this.end = System.nanoTime() + pace.faults().toNanos();
    this.resources = Resources.of(cluster.nodes());
  }

  /** What the servers use now is what they have to come back to: the case itself changed it. */
  public void beginAnew() {
    resources = Resources.of(cluster.nodes());
  }

  Resources resources() {
    return resources;
  }

  public FaultCluster cluster() {
    return cluster;
  }

  public List<Node> nodes() {
    return cluster.nodes();
  }

  public LoadDriver driver() {
    return driver;
  }

  public Crowd crowd() {
    return crowd;
  }

  public HistoryWriter book() {
    return book;
  }

  public Random random() {
    return random;
  }

  public boolean quick() {
    return pace.quick();
  }

  /** Any node. */
  public Node anyNode() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  /** Whether there is time for one more fault. */
  public boolean more() {
    return System.nanoTime() < end;
  }

  /**
   * A time of the case: as in faults.md, or shorter in every build; never above that for faults.
   */
  public Duration span(double seconds, double quickSeconds) {
    double most = Math.min(seconds, pace.faults().toSeconds());
    return Duration.ofMillis((long) (1000 * (pace.quick() ? quickSeconds : most)));
  }

  /** How often: as in faults.md in a minute for faults, less in less, at least once. */
  public int times(int inAMinute) {
    return (int) Math.max(1, Math.min(inAMinute, inAMinute * pace.faults().toSeconds() / 60));
  }

  /** Any time between. */
  public Duration between(Duration least, Duration most) {
    long spread = most.minus(least).toMillis();
    return least.plusMillis(spread > 0 ? random.nextLong(spread) : 0);
  }

  /** Lets the load go on for a while. */
  public void hold(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("the case is to end");
      }
    }
  }

  /**
   * One fault, from its injection to its healing, in the book.
   *
   * @param tookEffect asked just before it is healed
   */
  public void fault(
      String what, Runnable inject, Duration time, Runnable heal, BooleanSupplier tookEffect) {
    HistoryWriter.OpenFault fault = book.begin(id, what);
    inject.run();
    hold(time);
    boolean seen = tookEffect.getAsBoolean();
    fault.healing();
    heal.run();
    fault.end(seen, what);
  }

  /** Until so many sends have no answer yet at each of the nodes. */
  public void awaitOpen(List<Node> at, int sends) {
    Deadline.await(
        sends + " sends are open at each node",
        Duration.ofSeconds(10),
        () -> {
          JsonNode open = driver.stats().get("openAt");
          return at.stream().allMatch(node -> open.path(node.name()).asInt() >= sends);
        });
  }

  /** One more condition of the case. */
  public void require(boolean holds, String what) {
    if (!holds) {
      violations.add(what);
    }
  }

  /** Conditions that can be judged only from the whole history. */
  public void afterwards(Consumer<Measures> check) {
    afterwards.add(check);
  }

  /** A number for the report. */
  public void figure(String name, Object value) {
    figures.put(name, String.valueOf(value));
  }

  void judge(Measures measures) {
    afterwards.forEach(check -> check.accept(measures));
  }

  List<String> violations() {
    return violations;
  }

  Map<String, String> figures() {
    return figures;
  }
}
