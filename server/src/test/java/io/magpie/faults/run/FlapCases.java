package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.testkit.proxy.ProxyLink;
import io.magpie.testkit.proxy.ProxyRule;
import io.magpie.testkit.proxy.Way;
import java.time.Duration;
import java.util.List;

/** Connections of people flap. */
final class FlapCases {
  private static final Duration TICK = Duration.ofMillis(100);

  /** Answers that are on their way for so long are lost with their connections. */
  private static final ProxyRule FAR = ProxyRule.delay(Duration.ofMillis(200), Duration.ZERO);

  private FlapCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F25", "each client is reset every 1 to 5 s", FlapCases::flaps)
            .with(LoadPlan.BASE.people(100))
            .by(Rules.all().also(Rules.Proof.PRESENCE)));
  }

  private static void flaps(Scene scene) {
    long before = ClientCases.resets(scene);
    Ghosts[] ghosts = new Ghosts[1];
    scene.fault(
        "reset each client every 1 to 5 s",
        () -> {
          while (scene.more()) {
            for (ProxyLink link : ClientCases.links(scene)) {
              if (scene.random().nextDouble() < TICK.toMillis() / 3_000.0) {
                link.reset();
              }
            }
            scene.hold(TICK);
          }
          ghosts[0] = Ghosts.at(scene, scene.nodes());
          scene.nodes().forEach(node -> node.clients().rule(Way.TO_CLIENT, FAR));
          scene.awaitOpen(scene.nodes(), 1);
          ClientCases.links(scene).forEach(ProxyLink::reset);
          ghosts[0].gone();
        },
        Duration.ZERO,
        () -> scene.nodes().forEach(node -> node.clients().up()),
        () -> ClientCases.resets(scene) - before > scene.crowd().people().size());
    scene.figure("resets", ClientCases.resets(scene) - before);
    ghosts[0].comeBack();
    scene.afterwards(
        measures -> {
          long resyncs = measures.resyncs();
          scene.figure("reconnects", measures.reconnects());
          scene.require(
              resyncs * 100 < measures.reconnects(),
              resyncs + " full syncs in " + measures.reconnects() + " reconnects");
        });
  }
}
