package io.magpie.faults.run;

import io.magpie.faults.check.Invariant;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.testkit.proxy.ProxyRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Cases on servers with a bug; each must be found out. */
final class SeededBugs {
  private SeededBugs() {}

  /** The cases, each in surroundings with a bug, and the invariants of which it breaks one. */
  static Map<FaultCase, Set<Invariant>> all() {
    Map<FaultCase, Set<Invariant>> all = new LinkedHashMap<>();
    all.put(with("skip-catch-up", named("F08")), Set.of(Invariant.I7));
    all.put(with("ack-before-commit", named("F17")), Set.of(Invariant.I1));
    all.put(
        with(
            "no-gate",
            FaultCase.of("F18", "Redis brings events late", SeededBugs::lateHints)
                .by(Rules.all().available(0, 0))),
        Set.of(Invariant.I5));
    all.put(with("stale-membership", named("F38")), Set.of(Invariant.I8));
    return all;
  }

  private static FaultCase named(String id) {
    return Cases.all().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static FaultCase with(String bug, FaultCase fault) {
    return new FaultCase(
        fault.id() + " with " + bug,
        fault.title(),
        fault.plan(),
        fault.surroundings().withOption("-Dmagpie.seeded-bug=" + bug),
        fault.rules(),
        fault.harm());
  }

  /** Other nodes' hints arrive behind events that were committed after them. */
  private static void lateHints(Scene scene) {
    long[] before = {delayed(scene)};
    while (scene.more()) {
      scene.fault(
          "hints are late",
          () -> {
            for (Node node : scene.nodes()) {
              node.redis().rule(ProxyRule.delay(Duration.ofMillis(20), Duration.ofMillis(300)));
            }
          },
          Duration.ofSeconds(4),
          () -> scene.nodes().forEach(node -> node.redis().up()),
          () -> delayed(scene) > before[0]);
    }
  }

  private static long delayed(Scene scene) {
    return scene.nodes().stream().mapToLong(node -> node.redis().counts().delayed()).sum();
  }
}
