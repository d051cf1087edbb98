package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.testkit.proxy.ProxyRule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Cases on servers with a bug; each must be found out. */
final class SeededBugs {
  private SeededBugs() {}

  /** The cases, each in surroundings with a bug. */
  static List<FaultCase> all() {
    return Stream.of(
            with("skip-catch-up", named("F08")),
            with("ack-before-commit", named("F17")),
            with(
                "no-gate",
                FaultCase.of("F18", "Redis brings events late", SeededBugs::lateHints)
                    .by(Rules.all().available(0, 0))),
            with("stale-membership", named("F38")))
        .toList();
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
