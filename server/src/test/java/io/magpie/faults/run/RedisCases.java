package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Redis dies, hangs, refuses and is cut off: nothing may be lost, and little may be late. */
final class RedisCases {
  private RedisCases() {}

  static List<FaultCase> all() {
    return Stream.of(
            FaultCase.of("F08", "kill -9 Redis, an empty one comes back", RedisCases::kill),
            FaultCase.of("F09", "Redis is frozen, then paused", RedisCases::hang),
            FaultCase.of(
                "F10", "subscriber connections are cut every 2 s", RedisCases::cutSubscribers),
            FaultCase.of("F11", "half-open Redis for one node", RedisCases::halfOpen),
            FaultCase.of("F12", "Redis cuts a frozen subscriber", RedisCases::outputBuffer)
                .with(LoadPlan.BASE.rate(150).characters(2_000)),
            FaultCase.of("F13", "Redis refuses to publish, then is full", RedisCases::refuses),
            FaultCase.of("F24", "one node loses Redis", RedisCases::oneNodeWithout))
        .map(one -> one.by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)))
        .toList();
  }

  private static void kill(Scene scene) {
    KillableServices services = scene.cluster().services();
    int most = scene.quick() ? 2 : 3;
    for (int i = 0; i < most; i++) {
      boolean last = i == most - 1 || !scene.more();
      long begun = HistoryWriter.now();
      scene.fault(
          "kill -9 Redis",
          services::killRedis,
          scene.span(8, 4),
          () -> {
            ackedMeanwhile(scene, begun, HistoryWriter.now());
            comeBack(scene, last);
          },
          () -> !services.redisRuns());
      if (last) {
        return;
      }
      scene.hold(scene.between(Duration.ofSeconds(2), scene.span(8, 3)));
    }
  }

  /** The last time everybody falls silent before Redis is back: no later message shows a gap. */
  private static void comeBack(Scene scene, boolean silent) {
    if (silent) {
      scene.driver().pause();
    }
    scene.cluster().services().startRedis();
  }

  /** Sends go on being acknowledged without Redis. */
  static void ackedMeanwhile(Scene scene, long begun, long over) {
    scene.afterwards(
        measures -> {
          Duration silence = measures.longestSilence(begun, over);
          scene.require(
              silence.compareTo(Duration.ofSeconds(3)) <= 0,
              "nothing was acknowledged for " + silence);
        });
  }

  private static void hang(Scene scene) {
    KillableServices services = scene.cluster().services();
    long begun = HistoryWriter.now();
    scene.fault(
        "freeze Redis",
        () -> KillableServices.signal(services.redisPid(), "STOP"),
        scene.span(10, 4),
        () -> KillableServices.signal(services.redisPid(), "CONT"),
        () -> !services.redisAnswers());
    scene.hold(scene.span(5, 2));
    scene.fault(
        "pause the clients of Redis",
        () -> services.redis("CLIENT", "PAUSE", "10000", "ALL"),
        scene.span(8, 4),
        () -> {},
        () -> !services.redisAnswers());
    ackedMeanwhile(scene, begun, HistoryWriter.now());
  }

  private static void cutSubscribers(Scene scene) {
    KillableServices services = scene.cluster().services();
    while (scene.more()) {
      int[] cut = {0};
      scene.fault(
          "cut all subscribers",
          () -> cut[0] = Integer.parseInt(services.redis("CLIENT", "KILL", "TYPE", "pubsub")),
          Duration.ofSeconds(2),
          () -> {},
          () -> cut[0] > 0);
    }
  }

  private static void halfOpen(Scene scene) {
    Node node = scene.nodes().get(1);
    long before = node.redis().counts().swallowed();
    long begun = HistoryWriter.now();
    scene.fault(
        "Redis swallows everything of " + node.name(),
        node.redis()::swallow,
        scene.span(20, 6),
        node.redis()::up,
        () -> node.redis().counts().swallowed() > before);
    ackedMeanwhile(scene, begun, HistoryWriter.now());
    scene.hold(scene.span(5, 2));
  }

  private static void outputBuffer(Scene scene) {
    KillableServices services = scene.cluster().services();
    Node node = scene.nodes().get(1);
    services.redis("CONFIG", "SET", "client-output-buffer-limit", "pubsub 65536 65536 1");
    scene.fault(
        "freeze " + node.name() + " with small buffers in Redis",
        node.process()::freeze,
        scene.span(5, 4),
        node.process()::thaw,
        () -> node.process().status("/health/live").isEmpty());
    scene.hold(scene.span(10, 3));
    services.redis("CONFIG", "SET", "client-output-buffer-limit", "pubsub 33554432 8388608 60");
  }

  private static void refuses(Scene scene) {
    KillableServices services = scene.cluster().services();
    long begun = HistoryWriter.now();
    scene.fault(
        "Redis forbids to publish",
        () -> services.redis("ACL", "SETUSER", "default", "-publish"),
        scene.span(15, 3),
        () -> services.redis("ACL", "SETUSER", "default", "+publish"),
        () -> services.redis("PUBLISH", "probe", "x").startsWith("NOPERM"));
    scene.fault(
        "Redis has no memory left",
        () -> services.redis("CONFIG", "SET", "maxmemory", "1"),
        scene.span(15, 3),
        () -> services.redis("CONFIG", "SET", "maxmemory", "268435456"),
        () -> services.redis("SET", "probe", "x").startsWith("OOM"));
    ackedMeanwhile(scene, begun, HistoryWriter.now());
  }

  private static void oneNodeWithout(Scene scene) {
    TcpProxy redis = scene.anyNode().redis();
    long refused = redis.counts().refused();
    long begun = HistoryWriter.now();
    scene.fault(
        "one node loses Redis",
        redis::down,
        scene.span(30, 5),
        redis::up,
        () -> redis.counts().refused() > refused);
    ackedMeanwhile(scene, begun, HistoryWriter.now());
  }
}
