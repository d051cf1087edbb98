package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The nodes lose each other in Hazelcast and on the event bus, and keep PostgreSQL and Redis. */
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
  private static final Duration DRAINED = Duration.ofSeconds(15);
  private static final int PINS = 36;

  private SplitCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F22", "Hazelcast split brain", SplitCases::split)
            .in(CLUSTERED)
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)));
  }

  private static void split(Scene scene) {
    scene.require(together(scene), "the nodes did not find each other");
    drainUnheard(scene);
    awaitTogether(scene);
    List<TcpProxy> links = links(scene);
    EndingPins pins = EndingPins.in(scene);
    List<Double> done = scene.nodes().stream().map(EndingPins::done).toList();
    Duration time = noticed(scene.span(60, 12));
    pins.set(PINS, Duration.ofSeconds(2), time.minusSeconds(2));
    scene.fault(
        "no node hears another until each sees itself alone",
        () -> links.forEach(TcpProxy::swallow),
        time,
        () -> links.forEach(TcpProxy::up),
        () -> members(scene) == scene.nodes().size() && allWorked(scene, done));
    pins.requireOnce();
    awaitTogether(scene);
    cut(scene, Duration.ofSeconds(3));
    cut(scene, Duration.ofSeconds(3));
    awaitTogether(scene);
  }

  /** Every part has done jobs of its own. */
  private static boolean allWorked(Scene scene, List<Double> before) {
    List<Double> done = scene.nodes().stream().map(EndingPins::done).toList();
    for (int i = 0; i < done.size(); i++) {
      scene.figure("jobs by " + scene.nodes().get(i).name(), (long) (done.get(i) - before.get(i)));
    }
    return IntStream.range(0, done.size()).allMatch(i -> done.get(i) > before.get(i));
  }

  /**
   * An operator's signal is lost on the event bus; what it is about is in PostgreSQL. Hazelcast is
   * cut behind it: who asks it for the listeners of a signal while it is cut gets no answer, and
   * sends nothing that could be lost.
   */
  private static void drainUnheard(Scene scene) {
    List<TcpProxy> buses = scene.nodes().stream().map(Node::bus).toList();
    Node node = scene.nodes().get(2);
    long before = swallowed(node);
    long heard = node.bus().counts().passed();
    String token = scene.cluster().adminToken();
    scene.fault(
        "no node hears another, and one is to drain",
        () -> {
          buses.forEach(TcpProxy::swallow);
          new TestHttp(scene.cluster().node(1).directUrl())
              .send("POST", "/nodes/" + node.name() + "/drain", token, null)
              .ok();
          Deadline.await("the signal is lost", DRAINED, () -> swallowed(node) > before);
          links(scene).forEach(TcpProxy::swallow);
          Deadline.await(node.name() + " drains", DRAINED, () -> !node.process().isReady());
        },
        Duration.ofSeconds(3),
        () -> {
          links(scene).forEach(TcpProxy::up);
          node.process().terminate();
          scene.require(node.process().awaitExit(DRAINED) == 0, "it did not end well");
          node.process().start();
        },
        () -> swallowed(node) > before && node.bus().counts().passed() == heard);
    node.process().awaitReady();
  }

  private static long swallowed(Node node) {
    return node.bus().counts().swallowed();
  }

  /** Hazelcast's and the event bus's. */
  private static List<TcpProxy> links(Scene scene) {
    return scene.nodes().stream().flatMap(node -> Stream.of(node.peers(), node.bus())).toList();
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
    List<TcpProxy> links = links(scene);
    long before = swallowed(links);
    scene.fault(
        "no node hears another",
        () -> links.forEach(TcpProxy::swallow),
        time,
        () -> links.forEach(TcpProxy::up),
        () -> swallowed(links) > before);
  }

  private static long swallowed(List<TcpProxy> links) {
    return links.stream().mapToLong(proxy -> proxy.counts().swallowed()).sum();
  }
}
