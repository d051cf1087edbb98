package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The nodes lose each other in Hazelcast, and keep PostgreSQL and Redis. */
final class SplitCases {
  private static final Surroundings CLUSTERED =
      new Surroundings(
          3,
          Map.of("MAGPIE_CLUSTER", "on"),
          List.of(
              "-Dhazelcast.heartbeat.interval.seconds=1",
              "-Dhazelcast.max.no.heartbeat.seconds=5",
              "-Dhazelcast.merge.first.run.delay.seconds=5",
              "-Dhazelcast.merge.next.run.delay.seconds=5"));

  private static final Duration NOTICED = Duration.ofSeconds(25);
  private static final Duration MERGED = Duration.ofSeconds(120);

  private SplitCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F22", "Hazelcast split brain", SplitCases::split)
            .in(CLUSTERED)
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)));
  }

  private static void split(Scene scene) {
    scene.require(together(scene), "the nodes did not find each other");
    List<TcpProxy> peers = scene.nodes().stream().map(Node::peers).toList();
    scene.fault(
        "no node hears another until each sees itself alone",
        () -> peers.forEach(TcpProxy::swallow),
        noticed(scene.span(60, 12)),
        () -> peers.forEach(TcpProxy::up),
        () -> members(scene) < (double) scene.nodes().size() * scene.nodes().size());
    awaitTogether(scene);
    cut(scene, Duration.ofSeconds(3));
    cut(scene, Duration.ofSeconds(3));
    awaitTogether(scene);
  }

  /** Hazelcast misses heartbeats for 15 s before it believes that somebody is gone. */
  private static Duration noticed(Duration time) {
    return time.compareTo(NOTICED) < 0 ? NOTICED : time;
  }

  private static void awaitTogether(Scene scene) {
    Deadline.await("the halves are one again", MERGED, () -> together(scene));
  }

  private static boolean together(Scene scene) {
    return members(scene) == (double) scene.nodes().size() * scene.nodes().size();
  }

  /** What each node sees, added up. */
  private static double members(Scene scene) {
    return scene.nodes().stream()
        .mapToDouble(node -> node.process().metric("magpie_cluster_members"))
        .sum();
  }

  private static void cut(Scene scene, Duration time) {
    List<TcpProxy> peers = scene.nodes().stream().map(Node::peers).toList();
    long before = peers.stream().mapToLong(proxy -> proxy.counts().swallowed()).sum();
    scene.fault(
        "no node hears another",
        () -> peers.forEach(TcpProxy::swallow),
        time,
        () -> peers.forEach(TcpProxy::up),
        () -> peers.stream().mapToLong(proxy -> proxy.counts().swallowed()).sum() > before);
  }
}
