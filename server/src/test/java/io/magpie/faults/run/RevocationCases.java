package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import io.magpie.faults.load.Crowd;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** People lose their rights. */
final class RevocationCases {
  private RevocationCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of(
                "F38",
                "removals and revocations while a node is cut from Redis",
                RevocationCases::revoke)
            .with(LoadPlan.BASE.churn(Duration.ofMillis(250)))
            .by(
                Rules.all()
                    .proving(
                        Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT, Rules.Proof.REVOCATION)
                    .redisAway("F38")
                    .available(0.95, 0.999)));
  }

  /** Whoever is removed or logged out must get nothing more, also where Redis tells nothing. */
  private static void revoke(Scene scene) {
    TcpProxy redis = scene.nodes().get(1).redis();
    long before = redis.counts().swallowed();
    List<Crowd.Person> chosen = new ArrayList<>(scene.crowd().people());
    Collections.shuffle(chosen, scene.random());
    int first = scene.quick() ? 4 : 10;
    int all = first + (scene.quick() ? 6 : 20);
    for (Crowd.Person person : chosen.subList(0, first)) {
      logOut(scene, person);
      scene.hold(scene.span(1, 0.3).dividedBy(scene.more() ? 1 : 4));
    }
    scene.hold(Duration.ofSeconds(1));
    scene.fault(
        "Redis swallows everything of node2 while people are removed and logged out",
        () -> {
          redis.swallow();
          for (Crowd.Person person : chosen.subList(first, all)) {
            logOut(scene, person);
            scene.hold(scene.span(2, 0.8).dividedBy(scene.more() ? 1 : 4));
          }
        },
        scene.span(10, 3),
        redis::up,
        () -> redis.counts().swallowed() > before);
    scene.figure("logged out", all);
    scene.figure("removed", scene.driver().stats().get("churned"));
  }

  private static void logOut(Scene scene, Crowd.Person person) {
    Node node = scene.anyNode();
    String session = person.session().toString();
    scene.book().write(new Line.Revoke(HistoryWriter.now(), Phase.INVOKE, session));
    int status =
        new TestHttp(node.directUrl())
            .send("DELETE", "/sessions/" + session, person.token(), null)
            .status();
    if (status < 300) {
      scene.book().write(new Line.Revoke(HistoryWriter.now(), Phase.OK, session));
    }
  }
}
