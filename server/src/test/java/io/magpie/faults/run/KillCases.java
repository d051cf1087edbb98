package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.cluster.ServerProcess;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.testkit.proxy.ProxyRule;
import io.magpie.testkit.proxy.Way;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Server processes die at once, with sends on their way to PostgreSQL and back. */
final class KillCases {
  /** Else a send takes a millisecond, and seldom is one open when its node dies. */
  private static final ProxyRule FAR = ProxyRule.delay(Duration.ofMillis(150), Duration.ZERO);

  private static final int OPEN = 3;

  /** Devices whose node is gone are live on another one by then. */
  private static final Duration RESUMED = Duration.ofSeconds(5);

  private KillCases() {}

  static List<FaultCase> all() {
    return Stream.of(
            FaultCase.of("F01", "kill -9 one node mid-load", KillCases::killOne),
            FaultCase.of("F02", "kill -9 two of three nodes at once", KillCases::killTwo))
        .map(one -> one.by(Rules.all().also(Rules.Proof.PRESENCE)))
        .toList();
  }

  private static void killOne(Scene scene) {
    int times = scene.times(5);
    long begun = HistoryWriter.now();
    for (int i = 0; i < times; i++) {
      kill(scene, List.of(scene.anyNode()), scene.span(5, 3));
    }
    long over = HistoryWriter.now();
    scene.afterwards(
        measures -> {
          Duration p99 = measures.awayTime(0.99, begun, over);
          scene.figure("away p99", p99.toMillis() + " ms");
          scene.require(p99.compareTo(RESUMED) <= 0, "devices were away for " + p99);
        });
  }

  private static void killTwo(Scene scene) {
    Node survivor = scene.anyNode();
    List<Node> victims = scene.nodes().stream().filter(node -> node != survivor).toList();
    long begun = HistoryWriter.now();
    kill(scene, victims, scene.span(20, 4));
    long over = HistoryWriter.now();
    scene.afterwards(
        measures ->
            scene.require(
                measures.longestSilence(begun, over).compareTo(Duration.ofSeconds(3)) <= 0,
                "nothing was acknowledged for " + measures.longestSilence(begun, over)));
  }

  /** Their ways to PostgreSQL stay slow until they are healed. */
  static void killMidSend(Scene scene, List<Node> victims) {
    victims.forEach(node -> node.postgres().rule(Way.TO_CLIENT, FAR));
    scene.awaitOpen(victims, OPEN);
    victims.forEach(node -> node.process().kill());
  }

  private static void kill(Scene scene, List<Node> victims, Duration down) {
    Ghosts ghosts = Ghosts.at(scene, victims);
    scene.fault(
        "kill -9 " + victims.stream().map(Node::name).collect(Collectors.joining(", ")),
        () -> {
          killMidSend(scene, victims);
          ghosts.gone();
        },
        down,
        () -> {
          victims.forEach(node -> node.postgres().up());
          victims.forEach(node -> node.process().start());
        },
        () -> victims.stream().map(Node::process).noneMatch(ServerProcess::isAlive));
    victims.forEach(node -> node.process().awaitReady());
    ghosts.comeBack();
  }
}
