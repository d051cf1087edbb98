package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.testkit.proxy.ProxyRule;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * PostgreSQL restarts, crashes, lags, hangs and loses its answers: no false ack, no false order.
 */
final class PostgresCases {
  private static final double AFTERWARDS = 0.999;
  private static final String ROLLBACKS =
      "select xact_rollback from pg_stat_database where datname = current_database()";

  /**
   * A send waits for a connection and for its statements, and I13 gives it three seconds for both.
   */
  private static final Surroundings SHORT_STATEMENTS =
      Surroundings.settings(Map.of("MAGPIE_POSTGRES_STATEMENT_TIMEOUT", "1s"));

  private PostgresCases() {}

  /** Nothing is acknowledged under this case's faults, and the refusals come soon. */
  private static Rules away(String id) {
    return Rules.all()
        .proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.UNKNOWN_OUTCOME)
        .databaseAway(id)
        .available(0, AFTERWARDS);
  }

  private static Rules unavailable() {
    return Rules.all().proving(Rules.Proof.FAULT_OVER_SEND).available(0, AFTERWARDS);
  }

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F14", "PostgreSQL restarts fast", PostgresCases::restart).by(away("F14")),
        FaultCase.of("F15", "kill -9 a backend", PostgresCases::killBackend)
            .by(Rules.all().available(0, AFTERWARDS)),
        FaultCase.of("F16", "kill -9 PostgreSQL, then an immediate stop", PostgresCases::crash)
            .by(away("F16")),
        FaultCase.of("F17", "the answers to some COMMITs are lost", PostgresCases::ambiguous),
        FaultCase.of("F18", "slow PostgreSQL, then a locked table", PostgresCases::slow)
            .with(LoadPlan.BASE.rate(160))
            .by(unavailable()),
        FaultCase.of("F19", "half-open PostgreSQL", PostgresCases::halfOpen)
            .in(SHORT_STATEMENTS)
            .by(away("F19")),
        FaultCase.of("F20", "PostgreSQL says that its disk is full", PostgresCases::fullDisk)
            .by(unavailable()),
        FaultCase.of("F21", "40 writers in one conversation, and deadlocks", PostgresCases::hot)
            .with(LoadPlan.BASE.groups(1, 40).rate(100))
            .by(unavailable()),
        FaultCase.of("F23", "one node loses PostgreSQL", PostgresCases::oneNodeWithout)
            .by(Rules.all().available(0.6, AFTERWARDS)));
  }

  private static void restart(Scene scene) {
    KillableServices services = scene.cluster().services();
    times(scene, 3, "stop PostgreSQL fast", services::stopPostgresFast, scene.span(5, 2));
  }

  private static void crash(Scene scene) {
    KillableServices services = scene.cluster().services();
    times(scene, 1, "kill -9 PostgreSQL", services::killPostgres, scene.span(5, 2));
    times(scene, 1, "stop PostgreSQL at once", services::stopPostgresImmediately, scene.span(5, 2));
  }

  private static void times(Scene scene, int times, String what, Runnable stop, Duration down) {
    KillableServices services = scene.cluster().services();
    for (int i = 0; i < (scene.quick() ? 1 : times); i++) {
      scene.fault(what, stop, down, services::startPostgres, () -> !services.postgresRuns());
      scene.hold(scene.span(6, 3));
    }
  }

  private static void killBackend(Scene scene) {
    KillableServices services = scene.cluster().services();
    for (int i = 0; i < (scene.quick() ? 1 : 5); i++) {
      long[] pid = {0};
      scene.fault(
          "kill -9 a backend",
          () -> pid[0] = services.killBackend(scene.random()),
          scene.span(5, 3),
          () -> {},
          () -> ProcessHandle.of(pid[0]).isEmpty());
    }
  }

  private static void ambiguous(Scene scene) {
    long before = cuts(scene);
    cutting(
        scene,
        "the answer to 5 % of the COMMITs is lost",
        scene.span(60, 7),
        proxy -> proxy.cutAnswersTo("commit", 0.05, new Random(scene.random().nextLong())));
    // The server cannot tell this from the other, but here nothing was stored.
    cutting(
        scene,
        "5 % of the COMMITs are lost on their way",
        scene.span(30, 3),
        proxy -> proxy.cutBefore("commit", 0.05, new Random(scene.random().nextLong())));
    scene.figure("cuts", cuts(scene) - before);
  }

  private static void cutting(
      Scene scene, String what, Duration time, Consumer<TcpProxy> injected) {
    List<TcpProxy> proxies = scene.nodes().stream().map(Node::postgres).toList();
    long before = cuts(scene);
    scene.fault(
        what,
        () -> proxies.forEach(injected),
        time,
        () -> proxies.forEach(TcpProxy::up),
        () -> cuts(scene) > before);
  }

  private static long cuts(Scene scene) {
    return scene.nodes().stream().mapToLong(node -> node.postgres().counts().cuts()).sum();
  }

  private static void slow(Scene scene) {
    delayed(scene, Duration.ofMillis(200), Duration.ofMillis(150), scene.span(20, 4));
    delayed(scene, Duration.ofSeconds(2), Duration.ZERO, scene.span(20, 4));
    String waiting =
        "select count(*) from pg_locks where not granted and relation = 'event'::regclass";
    scene.fault(
        "lock the table of events",
        () -> scene.cluster().lock("event", scene.span(5, 3).plusSeconds(1)),
        scene.span(5, 3),
        () -> {},
        () -> !scene.cluster().sql(waiting).equals("0"));
  }

  private static void delayed(Scene scene, Duration delay, Duration jitter, Duration time) {
    List<TcpProxy> proxies = scene.nodes().stream().map(Node::postgres).toList();
    scene.fault(
        "PostgreSQL is " + delay.toMillis() + " ms away",
        () -> proxies.forEach(proxy -> proxy.rule(ProxyRule.delay(delay, jitter))),
        time,
        () -> proxies.forEach(TcpProxy::up),
        () -> proxies.stream().allMatch(proxy -> proxy.counts().delayed() > 0));
    scene.hold(scene.span(3, 1));
  }

  private static void halfOpen(Scene scene) {
    List<TcpProxy> proxies = scene.nodes().stream().map(Node::postgres).toList();
    scene.fault(
        "PostgreSQL swallows everything",
        () -> proxies.forEach(TcpProxy::swallow),
        scene.span(30, 6),
        () -> proxies.forEach(TcpProxy::up),
        () -> proxies.stream().allMatch(proxy -> proxy.counts().swallowed() > 0));
    scene.hold(scene.span(10, 4));
  }

  /** SQLSTATE 53100 raised by a trigger: what people see of a full disk is the same. */
  private static void fullDisk(Scene scene) {
    long before = Long.parseLong(scene.cluster().sql(ROLLBACKS));
    scene.fault(
        "no room for events",
        () ->
            scene
                .cluster()
                .execute(
                    """
                    create or replace function full_disk() returns trigger language plpgsql as
                    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
                    create trigger full_disk before insert on event
                      for each row execute function full_disk()
                    """),
        scene.span(15, 4),
        () -> scene.cluster().execute("drop trigger full_disk on event"),
        () -> Long.parseLong(scene.cluster().sql(ROLLBACKS)) > before);
    scene.hold(scene.span(5, 2));
  }

  private static void hot(Scene scene) {
    long begun = HistoryWriter.now();
    while (scene.more()) {
      scene.fault(
          "lock the conversation's row against its writers",
          () ->
              scene
                  .cluster()
                  .execute(
                      "begin; select head from stream where kind = 1 for update; select"
                          + " pg_sleep(0.3); commit"),
          Duration.ofMillis(500),
          () -> {},
          () -> true);
    }
    long over = HistoryWriter.now();
    scene.afterwards(
        measures -> {
          Duration p99 = measures.ackTime(0.99, begun, over);
          scene.figure("ack p99", p99.toMillis() + " ms");
          scene.require(p99.compareTo(Duration.ofSeconds(1)) <= 0, "p99 of acks was " + p99);
        });
  }

  private static void oneNodeWithout(Scene scene) {
    Node node = scene.anyNode();
    scene.fault(
        node.name() + " loses PostgreSQL",
        node.postgres()::down,
        scene.span(20, 5),
        () -> {
          scene.require(!node.process().isReady(), node.name() + " stayed ready");
          node.postgres().up();
        },
        () -> node.postgres().counts().refused() > 0);
    scene.hold(scene.span(5, 2));
  }
}
