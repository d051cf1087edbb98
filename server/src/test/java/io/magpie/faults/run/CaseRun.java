package io.magpie.faults.run;

import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.load.Crowd;
import io.magpie.faults.load.LoadDriver;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One case from its first connection to its verdict. */
final class CaseRun {
  private static final Duration CONNECTING = Duration.ofSeconds(90);
  private static final Duration READING = Duration.ofSeconds(60);

  private final FaultCase fault;
  private final FaultCluster cluster;
  private final Path directory;
  private final long seed;
  private final Pace pace;

  /**
   * @param directory for the history of this case; what is there is replaced
   */
  CaseRun(FaultCase fault, FaultCluster cluster, Path directory, long seed, Pace pace) {
    this.fault = fault;
    this.cluster = cluster;
    this.directory = directory;
    this.seed = seed;
    this.pace = pace;
  }

  /** Does it all; what went wrong is in the outcome, and the cluster is healed. */
  Outcome run() {
    Path faults = directory.resolve("faults.jsonl");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LoadPlan plan = fault.plan();
    NodeLogs logs = NodeLogs.mark(cluster.nodes());
    Crowd crowd =
        Crowd.make(
            new TestHttp(cluster.node(1).directUrl()),
            cluster.adminToken(),
            plan.people(),
            plan.groups(),
            plan.members(),
            seed);
    Scene scene;
    Path history;
    try (LoadDriver driver = LoadDriver.start(directory, seed, crowd, addresses(), entries());
        HistoryWriter book = new HistoryWriter(faults)) {
      history = driver.history();
      driver.connect(CONNECTING);
      load(driver, plan);
      scene = new Scene(fault.id(), cluster, driver, crowd, book, pace, seed);
      scene.hold(pace.warmUp());
      harm(scene);
      settle(scene);
    }
    scene.violations().addAll(logs.complaints());
    return Outcome.of(fault, seed, List.of(history, faults), scene);
  }

  private static void load(LoadDriver driver, LoadPlan plan) {
    driver.load(Json.object().put("rate", plan.sendsPerSecond()).put("bytes", plan.characters()));
    if (!plan.churn().isZero()) {
      driver.churn(plan.churn());
    }
  }

  private void harm(Scene scene) {
    try {
      fault.harm().inflict(scene);
    } catch (AssertionError | RuntimeException e) {
      scene.require(false, "the case failed: " + e);
    }
    cluster.heal();
    if (!fault.surroundings().older()) {
      comeBackTo(scene.resources(), scene);
    }
  }

  /** Invariant 14; servers of two versions, one of them in one jar, cannot be compared. */
  private void comeBackTo(Resources before, Scene scene) {
    try {
      Deadline.await(
          "descriptors and threads are back",
          Duration.ofSeconds(30),
          () -> Resources.of(cluster.nodes()).backTo(before));
    } catch (AssertionError e) {
      scene.require(false, before + " became " + Resources.of(cluster.nodes()));
    }
  }

  private void settle(Scene scene) {
    attempt(scene, () -> scene.driver().quiesce(pace.quiesce()));
    attempt(scene, () -> scene.driver().readAll(READING));
  }

  private static void attempt(Scene scene, Runnable step) {
    try {
      step.run();
    } catch (AssertionError e) {
      scene.require(false, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    cluster.nodes().forEach(node -> addresses.put(node.name(), node.directUrl()));
    return addresses;
  }

  private List<String> entries() {
    return new ArrayList<>(cluster.nodes().stream().map(Node::url).toList());
  }
}
