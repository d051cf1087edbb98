package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.cluster.ServerProcess;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.testkit.Deadline;
import java.time.Duration;
import java.util.List;

/** Server processes freeze, leave and come back. */
final class NodeCases {
  private static final Duration EXIT = Duration.ofSeconds(15);

  /** A node that drains answers what is open: where all goes well no outcome stays unknown. */
  private static final Rules DRAIN =
      Rules.all().proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT);

  private NodeCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F03", "freeze a node for 3 s", NodeCases::freezeShortly),
        FaultCase.of("F04", "freeze a node for 30 s, then let it go on", NodeCases::zombie),
        FaultCase.of("F05", "SIGTERM drains a node", NodeCases::drain).by(DRAIN),
        FaultCase.of("F06", "rolling restart of all nodes", NodeCases::rollingRestart),
        FaultCase.of(
            "F41", "the same node twice; a start while PostgreSQL is down", NodeCases::twice));
  }

  private static void freezeShortly(Scene scene) {
    while (scene.more()) {
      Node node = scene.anyNode();
      freeze(scene, node, Duration.ofSeconds(3));
      scene.hold(scene.between(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }
  }

  private static void freeze(Scene scene, Node node, Duration time) {
    scene.fault(
        "freeze " + node.name(),
        node.process()::freeze,
        time,
        node.process()::thaw,
        () -> node.process().status("/health/live").isEmpty());
  }

  /** It has just been given a job when it freezes, and wakes up when somebody else has done it. */
  private static void zombie(Scene scene) {
    Node node = scene.anyNode();
    EndingPins pins = EndingPins.in(scene);
    double refused = EndingPins.refused(node);
    pins.set(24, Duration.ofSeconds(2), Duration.ofSeconds(14));
    scene.fault(
        "freeze " + node.name() + " when it has a job",
        () -> freezeWithJob(node, pins),
        longer(scene.span(30, 8), EndingPins.LEASE.plusSeconds(4)),
        node.process()::thaw,
        () -> node.process().status("/health/live").isEmpty() && !pins.leasedBy(node));
    scene.fault(
        node.name() + " goes on with its old number",
        () -> {},
        Duration.ofSeconds(2),
        () -> {},
        () -> EndingPins.refused(node) > refused);
    scene.figure("refused by their number", EndingPins.refused(node) - refused);
    node.process().awaitReady();
    scene.hold(scene.span(10, 2));
    pins.requireOnce();
  }

  /** Its job waits for the row that it has to change. */
  private static void freezeWithJob(Node node, EndingPins pins) {
    try (HeldRow held = pins.hold()) {
      Deadline.await(node.name() + " has a job", EXIT, () -> pins.leasedBy(node) && held.wanted());
      node.process().freeze();
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static void drain(Scene scene) {
    Node node = scene.anyNode();
    ServerProcess process = node.process();
    long begun = HistoryWriter.now();
    int[] exit = {-1};
    scene.fault(
        "SIGTERM " + node.name(),
        () -> {
          process.terminate();
          exit[0] = process.awaitExit(EXIT);
        },
        scene.span(5, 1),
        process::start,
        () -> !process.isAlive());
    long over = HistoryWriter.now();
    process.awaitReady();
    scene.require(exit[0] == 0, "it ended with " + exit[0]);
    scene.figure("exit", exit[0]);
    scene.afterwards(
        measures ->
            scene.require(
                measures.refusedPercent(begun, over) == 0,
                "sends were refused: " + measures.refusedPercent(begun, over) + " %"));
  }

  private static void rollingRestart(Scene scene) {
    long begun = HistoryWriter.now();
    for (int round = 0; round < (scene.quick() ? 1 : 2); round++) {
      for (Node node : scene.nodes()) {
        ServerProcess process = node.process();
        scene.fault(
            "restart " + node.name(),
            () -> {
              process.terminate();
              process.awaitExit(EXIT);
            },
            Duration.ofMillis(100),
            process::start,
            () -> !process.isAlive());
        process.awaitReady();
        long ready = scene.nodes().stream().filter(one -> one.process().isReady()).count();
        scene.require(ready == scene.nodes().size(), "only " + ready + " nodes were ready");
        scene.hold(scene.span(3, 1));
      }
    }
    long over = HistoryWriter.now();
    scene.afterwards(
        measures -> {
          double percent = measures.refusedPercent(begun, over);
          scene.figure("refused", percent + " %");
          scene.require(percent < 0.1, percent + " % of the sends were refused");
        });
  }

  private static void twice(Scene scene) {
    Node first = scene.nodes().get(0);
    ServerProcess second = scene.cluster().twin(first);
    scene.fault(
        "start " + first.name() + " twice",
        second::start,
        Duration.ofMillis(100),
        () -> scene.require(second.awaitExit(Duration.ofSeconds(60)) != 0, "the second one runs"),
        second::wasStarted);
    scene.require(second.log().contains("node"), "it does not say why");
    Node last = scene.nodes().get(scene.nodes().size() - 1);
    KillCases.killMidSend(scene, List.of(last));
    scene.fault(
        "start " + last.name() + " while PostgreSQL is down",
        () -> {
          last.postgres().down();
          last.process().start();
        },
        scene.span(15, 5),
        last.postgres()::up,
        () -> last.postgres().counts().refused() > 0);
    scene.require(last.process().isAlive(), "it does not wait for PostgreSQL");
  }
}
