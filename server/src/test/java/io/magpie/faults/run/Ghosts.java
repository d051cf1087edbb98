package io.magpie.faults.run;

import io.magpie.faults.check.Bounds;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.history.Line;
import io.magpie.faults.load.Crowd;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** People who vanish with their connections while others watch: invariant 10. */
final class Ghosts {
  private static final int WATCHERS = 10;
  private static final int OF_EACH_NODE = 3;
  private static final Duration RECONNECTING = Duration.ofSeconds(15);

  /** Until the last who watches must know, and a little. */
  private static final Duration KNOWN = Bounds.shortTimers().presence().plusMillis(200);

  private final Scene scene;
  private final List<UUID> users;
  private long since;

  private Ghosts(Scene scene, List<UUID> users) {
    this.scene = scene;
    this.users = users;
  }

  /** Some devices of these nodes do not survive the end of their connections. */
  static Ghosts at(Scene scene, List<Node> nodes) {
    scene.driver().watch(WATCHERS);
    List<String> names = nodes.stream().map(Node::name).toList();
    return new Ghosts(scene, scene.driver().vanish(names, OF_EACH_NODE, WATCHERS));
  }

  /** Their connections have just ended; how others are is open until {@link #comeBack}. */
  void gone() {
    for (Crowd.Person person : scene.crowd().people()) {
      are(person.id(), users.contains(person.id()) ? "offline" : "");
    }
    since = System.nanoTime();
  }

  /** Waits until everybody must know that they are gone, then the same for their return. */
  void comeBack() {
    scene.hold(KNOWN.minusNanos(System.nanoTime() - since));
    users.forEach(user -> are(user, ""));
    scene.driver().back();
    scene.driver().awaitLive(RECONNECTING);
    scene.crowd().people().forEach(person -> are(person.id(), "online"));
    scene.hold(KNOWN);
  }

  private void are(UUID user, String state) {
    scene.book().write(new Line.PresenceIs(HistoryWriter.now(), user.toString(), state));
  }
}
