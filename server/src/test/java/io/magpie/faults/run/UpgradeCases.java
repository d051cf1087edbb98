package io.magpie.faults.run;

import io.magpie.backup.Verifier;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.cluster.ServerProcess;
import io.magpie.storage.Schema;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Servers of an older commit beside present ones. */
final class UpgradeCases {
  private static final Duration EXIT = Duration.ofSeconds(15);

  private UpgradeCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F07", "rolling upgrade from the commit before", UpgradeCases::upgrade)
            .in(Surroundings.USUAL.ofOlderServers())
            .by(
                Rules.all()
                    .minAcks(600)
                    .proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT)));
  }

  /** In between older servers serve on the migrated schema, and one starts on it anew. */
  private static void upgrade(Scene scene) {
    scene.figure("schema before", schema(scene));
    List<Node> nodes = scene.nodes();
    for (Node node : nodes) {
      replace(scene, node, "by the present one", ServerProcess::becomePresent);
      scene.require(
          schema(scene).equals(Schema.newestKnown()), "the schema is still " + schema(scene));
      if (node == nodes.get(0)) {
        replace(scene, nodes.get(nodes.size() - 1), "by the older one again", process -> {});
      }
      scene.hold(scene.span(10, 2));
    }
    scene.figure("schema after", schema(scene));
    scene.afterwards(
        measures -> {
          List<?> damage =
              Verifier.verify(scene.cluster().endpoints().postgresUri(), progress -> {});
          scene.require(damage.isEmpty(), "the verifier finds " + damage);
        });
  }

  private static void replace(
      Scene scene, Node node, String how, Consumer<ServerProcess> becoming) {
    ServerProcess process = node.process();
    scene.fault(
        node.name() + " is replaced " + how,
        () -> {
          process.terminate();
          int exit = process.awaitExit(EXIT);
          scene.require(exit == 0, node.name() + " ended with " + exit);
        },
        Duration.ZERO,
        () -> {
          becoming.accept(process);
          process.start();
        },
        () -> !process.isAlive());
    process.awaitReady();
  }

  private static String schema(Scene scene) {
    return scene.cluster().sql("select max(version) from flyway_schema_history where success");
  }
}
