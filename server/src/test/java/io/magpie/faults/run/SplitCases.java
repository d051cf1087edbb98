package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
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

  private SplitCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F22", "Hazelcast split brain", SplitCases::split)
            .in(CLUSTERED)
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)));
  }

  private static void split(Scene scene) {
    cut(scene, scene.span(60, 12));
    scene.hold(scene.span(30, 10));
    cut(scene, Duration.ofSeconds(3));
    cut(scene, Duration.ofSeconds(3));
    scene.hold(scene.span(10, 3));
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
