package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.cluster.SmallDisk;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.load.Crowd;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.proxy.ProxyRule;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * PostgreSQL restarts, crashes, lags, hangs and loses its answers: no false ack, no false order.
 */
final class PostgresCases {
  private static final double AFTERWARDS = 0.999;

  /** MiB: a new cluster, its log and some minutes of load. */
  private static final int DISK = 400;

  /** From the loss of its database until a node says that it is not ready. */
  private static final Duration NOTICED = Duration.ofSeconds(3);

  /** From then until its clients are live at other nodes. */
  private static final Duration MOVED = Duration.ofSeconds(3);

  private static final String ROLLBACKS =
      "select xact_rollback from pg_stat_database where datname = current_database()";

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
            .by(
                Rules.all()
                    .proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.UNKNOWN_OUTCOME)
                    .available(0, AFTERWARDS)),
        FaultCase.of("F16", "kill -9 PostgreSQL, then an immediate stop", PostgresCases::crash)
            .by(away("F16")),
        FaultCase.of("F17", "the answers to some COMMITs are lost", PostgresCases::ambiguous),
        FaultCase.of("F18", "slow PostgreSQL, then a locked table", PostgresCases::slow)
            .with(LoadPlan.BASE.rate(160))
            .by(unavailable()),
        FaultCase.of("F19", "half-open PostgreSQL", PostgresCases::halfOpen).by(away("F19")),
        FaultCase.of("F20", "PostgreSQL's disk is full", PostgresCases::fullDisk)
            .in(Surroundings.USUAL.withDisk(DISK))
            .by(unavailable()),
        FaultCase.of("F21", "40 writers in one conversation, and deadlocks", PostgresCases::hot)
            .with(LoadPlan.BASE.groups(1, 40).rate(100))
            .by(unavailable()),
        FaultCase.of("F23", "one node loses PostgreSQL", PostgresCases::oneNodeWithout)
            .by(Rules.all().available(0.99, AFTERWARDS)));
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

  /** First for its tables, then for its log as well, upon which it cannot run at all. */
  private static void fullDisk(Scene scene) {
    SmallDisk disk = scene.cluster().disk();
    scene.require(disk.isThere(), "no file system of its own for PostgreSQL: mount is forbidden");
    KillableServices services = scene.cluster().services();
    long before = Long.parseLong(scene.cluster().sql(ROLLBACKS));
    scene.fault(
        "no room for tables",
        disk::fill,
        scene.span(15, 4),
        () -> {
          scene.require(disk.free() == 0, disk.free() + " bytes were free");
          scene.require(reads(scene), "what is stored could not be read");
          disk.makeRoom();
        },
        () -> Long.parseLong(scene.cluster().sql(ROLLBACKS)) > before);
    scene.hold(scene.span(5, 2));
    scene.fault(
        "no room for the log",
        () -> {
          disk.fill();
          useUpLog(services);
        },
        scene.span(5, 2),
        () -> {
          disk.makeRoom();
          services.restartPostgres();
        },
        () -> !services.postgresAnswers());
    scene.hold(scene.span(5, 2));
  }

  /** Whether each node reads messages to somebody who may see them. */
  private static boolean reads(Scene scene) {
    Crowd.Group group = scene.crowd().groups().get(0);
    String token =
        scene.crowd().people().stream()
            .filter(person -> person.id().equals(group.owner()))
            .findFirst()
            .orElseThrow()
            .token();
    String page = "/conversations/" + group.id() + "/messages";
    return scene.nodes().stream()
        .allMatch(
            node -> new TestHttp(node.directUrl()).send("GET", page, token, null).status() == 200);
  }

  /** Until PostgreSQL cannot make the next file of its log. */
  private static void useUpLog(KillableServices services) {
    Deadline.await(
        "PostgreSQL ends",
        Duration.ofSeconds(30),
        () -> {
          try {
            services.execute("select pg_logical_emit_message(false, '', 'x'), pg_switch_wal()");
          } catch (IllegalStateException e) {
            // it is not there any more, or not yet again
          }
          return !services.postgresAnswers();
        });
  }

  private static void hot(Scene scene) {
    KillableServices services = scene.cluster().services();
    Deadlock deadlock = new Deadlock(services, scene.crowd().groups().get(0).id());
    services.execute("alter system set deadlock_timeout = '100ms'");
    services.execute("select pg_reload_conf()");
    long first = deadlock.found();
    long begun = HistoryWriter.now();
    while (scene.more()) {
      long before = deadlock.found();
      scene.fault(
          "writers and another transaction wait for each other",
          deadlock::provoke,
          Duration.ofSeconds(2),
          () -> {},
          () -> deadlock.found() > before);
    }
    long over = HistoryWriter.now();
    services.execute("alter system reset deadlock_timeout");
    services.execute("select pg_reload_conf()");
    scene.figure("deadlocks", deadlock.found() - first);
    scene.afterwards(
        measures -> {
          Duration p99 = measures.ackTime(0.99, begun, over);
          scene.figure("ack p99", p99.toMillis() + " ms");
          scene.require(p99.compareTo(Duration.ofSeconds(1)) <= 0, "p99 of acks was " + p99);
          long refused = measures.failedTries(begun, over);
          scene.require(refused == 0, refused + " tries were not retried inside of the server");
        });
  }

  private static void oneNodeWithout(Scene scene) {
    Node node = scene.anyNode();
    long[] noticed = {0};
    long begun = HistoryWriter.now();
    scene.fault(
        node.name() + " loses PostgreSQL",
        () -> {
          node.postgres().down();
          Deadline.await("it is not ready", NOTICED, () -> !node.process().isReady());
          noticed[0] = HistoryWriter.now();
        },
        scene.span(20, 5),
        () -> {
          scene.require(!node.process().isReady(), node.name() + " became ready");
          node.postgres().up();
        },
        () -> node.postgres().counts().refused() > 0);
    scene.hold(scene.span(5, 2));
    scene.figure("not ready after", (noticed[0] - begun) / 1_000 + " ms");
    scene.afterwards(
        measures -> {
          List<Duration> moved = measures.moved(node.name(), begun, noticed[0]);
          Duration last = moved.stream().max(Duration::compareTo).orElse(Duration.ZERO);
          scene.figure("devices moved", moved.size());
          scene.figure("the last one after", last.toMillis() + " ms");
          scene.require(!moved.isEmpty(), "nobody was at " + node.name());
          scene.require(last.compareTo(MOVED) <= 0, "a device was elsewhere only after " + last);
        });
  }
}
