package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.testkit.proxy.ProxyLink;
import io.magpie.testkit.proxy.ProxyRule;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Everything at random, one after the other: what the other cases do not think of together. */
final class MixedCases {
  private static final List<Consumer<Scene>> FAULTS =
      List.of(
          MixedCases::killNode,
          MixedCases::freezeNode,
          MixedCases::killRedis,
          MixedCases::halfOpenRedis,
          MixedCases::killBackend,
          MixedCases::restartPostgres,
          MixedCases::loseCommits,
          MixedCases::delayPostgres,
          MixedCases::resetClients);

  private MixedCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F40", "a random mix", MixedCases::mix)
            .with(LoadPlan.BASE.churn(Duration.ofSeconds(1)))
            .by(Rules.all().available(0, 0.999)));
  }

  private static void mix(Scene scene) {
    while (scene.more()) {
      FAULTS.get(scene.random().nextInt(FAULTS.size())).accept(scene);
      scene.hold(scene.between(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }
  }

  private static Duration some(Scene scene) {
    return scene.between(Duration.ofSeconds(1), Duration.ofSeconds(6));
  }

  private static void killNode(Scene scene) {
    Node node = scene.anyNode();
    scene.fault(
        "kill -9 " + node.name(),
        node.process()::kill,
        some(scene),
        node.process()::start,
        () -> !node.process().isAlive());
    node.process().awaitReady();
  }

  private static void freezeNode(Scene scene) {
    Node node = scene.anyNode();
    scene.fault(
        "freeze " + node.name(),
        node.process()::freeze,
        some(scene),
        node.process()::thaw,
        () -> node.process().status("/health/live").isEmpty());
  }

  private static void killRedis(Scene scene) {
    KillableServices services = scene.cluster().services();
    scene.fault(
        "kill -9 Redis",
        services::killRedis,
        some(scene),
        services::startRedis,
        () -> !services.redisRuns());
  }

  private static void halfOpenRedis(Scene scene) {
    TcpProxy redis = scene.anyNode().redis();
    long before = redis.counts().swallowed();
    scene.fault(
        "half-open Redis",
        redis::swallow,
        some(scene).plusSeconds(1),
        redis::up,
        () -> redis.counts().swallowed() > before);
  }

  private static void killBackend(Scene scene) {
    long[] pid = {0};
    scene.fault(
        "kill -9 a backend",
        () -> pid[0] = scene.cluster().services().killBackend(scene.random()),
        some(scene),
        () -> {},
        () -> ProcessHandle.of(pid[0]).isEmpty());
  }

  private static void restartPostgres(Scene scene) {
    KillableServices services = scene.cluster().services();
    scene.fault(
        "stop PostgreSQL at once",
        services::stopPostgresImmediately,
        some(scene),
        services::startPostgres,
        () -> !services.postgresRuns());
  }

  private static void loseCommits(Scene scene) {
    TcpProxy postgres = scene.anyNode().postgres();
    long before = postgres.counts().cuts();
    Random random = new Random(scene.random().nextLong());
    scene.fault(
        "lose the answers to some COMMITs",
        () -> postgres.cutAnswersTo("commit", 0.2, random),
        some(scene).plusSeconds(3),
        postgres::up,
        () -> postgres.counts().cuts() > before);
  }

  private static void delayPostgres(Scene scene) {
    TcpProxy postgres = scene.anyNode().postgres();
    long before = postgres.counts().delayed();
    ProxyRule rule = ProxyRule.delay(Duration.ofMillis(100), Duration.ofMillis(200));
    scene.fault(
        "PostgreSQL is far away",
        () -> postgres.rule(rule),
        some(scene),
        postgres::up,
        () -> postgres.counts().delayed() > before);
  }

  private static void resetClients(Scene scene) {
    TcpProxy clients = scene.anyNode().clients();
    long before = clients.counts().resets();
    scene.fault(
        "reset the clients of a node",
        () -> clients.links().forEach(ProxyLink::reset),
        Duration.ofSeconds(1),
        () -> {},
        () -> clients.counts().resets() > before || clients.links().isEmpty());
  }
}
