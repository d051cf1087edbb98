package io.magpie.faults.run;

import io.magpie.faults.check.Rules;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.proxy.ProxyLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections of people hang, do not read, flood, or all go at once. */
final class ClientCases {
  private static final Duration FLOOD = Duration.ofSeconds(10);
  private static final int MISSED = 10_000;
  private static final Duration LONG_AWAY = Duration.ofMinutes(3);

  private ClientCases() {}

  static List<FaultCase> all() {
    return List.of(
        FaultCase.of("F26", "half-open clients come back on another socket", ClientCases::halfOpen),
        FaultCase.of("F27", "slow consumers", ClientCases::slowConsumers)
            .with(LoadPlan.BASE.people(16).groups(1, 16).rate(60).characters(8_000))
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)),
        FaultCase.of("F29", "2,000 clients are cut at once", ClientCases::herd)
            .with(LoadPlan.BASE.people(250).groups(60, 5).rate(40)),
        FaultCase.of("F42", "devices that missed 10,000 messages come back", ClientCases::comeBack)
            .with(LoadPlan.BASE.people(8).groups(30, 8).rate(400))
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT)),
        FaultCase.of("F28", "clients flood with pings and do not read", ClientCases::pings)
            .by(Rules.all().proving(Rules.Proof.FAULT_OVER_SEND)));
  }

  static List<ProxyLink> links(Scene scene) {
    return scene.nodes().stream().flatMap(node -> node.clients().links().stream()).toList();
  }

  static long resets(Scene scene) {
    return scene.nodes().stream().mapToLong(node -> node.clients().counts().resets()).sum();
  }

  private static void halfOpen(Scene scene) {
    while (scene.more()) {
      List<ProxyLink> all = new ArrayList<>(links(scene));
      Collections.shuffle(all, scene.random());
      List<ProxyLink> chosen = all.subList(0, Math.min(5, all.size()));
      long before = swallowed(scene);
      scene.fault(
          "five clients are half-open",
          () -> chosen.forEach(ProxyLink::swallow),
          scene.span(30, 8),
          () -> chosen.forEach(ProxyLink::reset),
          () -> swallowed(scene) > before);
    }
    int people = scene.crowd().people().size();
    Deadline.await(
        "the nodes hold one connection of each device",
        Duration.ofSeconds(10),
        () ->
            scene.nodes().stream()
                    .mapToDouble(node -> node.process().metric("magpie_connections"))
                    .sum()
                == people);
  }

  private static long swallowed(Scene scene) {
    return scene.nodes().stream().mapToLong(node -> node.clients().counts().swallowed()).sum();
  }

  private static void slowConsumers(Scene scene) {
    int slow = 5;
    double before = cutForSlowness(scene);
    long resident = resident(scene);
    scene.fault(
        slow + " devices stop reading",
        () -> scene.driver().reading(slow, false),
        scene.span(30, 8),
        () -> scene.driver().reading(slow, true),
        () -> cutForSlowness(scene) > before);
    scene.figure("cut for slowness", cutForSlowness(scene) - before);
    long grown = (resident(scene) - resident) / 1024;
    scene.figure("memory grew by", grown + " MiB");
    scene.require(grown < 150L * scene.nodes().size(), "memory grew by " + grown + " MiB");
    scene.hold(scene.span(5, 1));
  }

  private static double cutForSlowness(Scene scene) {
    return scene.nodes().stream()
        .mapToDouble(
            node -> node.process().metric("magpie_connections_closed_total{code=\"4408\"}"))
        .sum();
  }

  private static long resident(Scene scene) {
    return scene.nodes().stream().mapToLong(node -> node.process().residentKiB()).sum();
  }

  private static void herd(Scene scene) {
    scene.driver().connect(scene.crowd().people(), 7, Duration.ofMinutes(2));
    scene.beginAnew();
    scene.hold(scene.span(5, 2));
    long before = resets(scene);
    long begun = HistoryWriter.now();
    scene.fault(
        "all clients are cut at once",
        () -> scene.nodes().forEach(node -> node.clients().reset()),
        scene.span(30, 10),
        () -> {},
        () -> resets(scene) - before >= scene.driver().stats().get("devices").intValue());
    scene.figure("cut", resets(scene) - before);
    scene.driver().awaitLive(Duration.ofSeconds(60));
    long over = HistoryWriter.now();
    scene.afterwards(
        measures -> {
          Duration last = measures.awayTime(1, begun, over);
          scene.figure("all back after", last.toMillis() + " ms");
          scene.require(last.compareTo(Duration.ofSeconds(30)) <= 0, "the last was away " + last);
          // Those who send were cut too: what counts is the time on a connection.
          Duration p99 = measures.tryTime(0.99, begun, over);
          scene.figure("answer p99", p99.toMillis() + " ms");
          scene.require(p99.compareTo(Duration.ofSeconds(2)) <= 0, "p99 of answers was " + p99);
        });
  }

  /** What they missed comes in pages, while what is sent meanwhile comes live. */
  private static void comeBack(Scene scene) {
    int away = 3;
    int all = scene.crowd().people().size();
    scene.driver().leave(away);
    int before = sent(scene);
    long[] back = {0};
    scene.fault(
        away + " devices are away",
        () ->
            Deadline.await(
                MISSED + " messages are sent",
                LONG_AWAY,
                () ->
                    sent(scene) - before >= MISSED + scene.driver().stats().get("open").intValue()),
        Duration.ZERO,
        () -> {
          long resident = resident(scene);
          back[0] = HistoryWriter.now();
          scene.figure("missed by each", sent(scene) - before);
          scene.driver().back();
          scene.driver().awaitLive(Duration.ofSeconds(30));
          scene.figure("memory grew by", (resident(scene) - resident) / 1024 + " MiB");
        },
        () -> scene.driver().stats().get("live").intValue() == all - away);
    scene.figure("had it all after", (HistoryWriter.now() - back[0]) / 1_000 + " ms");
    scene.hold(scene.span(5, 2));
    scene.afterwards(
        measures ->
            scene.require(measures.resyncs() == 0, measures.resyncs() + " streams fetched anew"));
  }

  private static int sent(Scene scene) {
    return scene.driver().stats().get("sent").intValue();
  }

  private static void pings(Scene scene) {
    byte[] ping = RawSocket.frame(RawFrame.PING, true, new byte[100]);
    AtomicInteger cut = new AtomicInteger();
    scene.fault(
        "five clients flood with pings",
        () -> {
          for (int i = 0; i < 5; i++) {
            int port = scene.anyNode().clients().port();
            Thread bad = new Thread(() -> flood(port, ping, cut), "floods");
            bad.setDaemon(true);
            bad.start();
          }
        },
        FLOOD,
        () -> {},
        () -> cut.get() > 0);
    scene.figure("cut", cut.get());
    scene.require(cut.get() == 5, "only " + cut.get() + " of 5 floods were cut within " + FLOOD);
  }

  /** Pings as fast as they are taken, until the server has had enough. */
  private static void flood(int port, byte[] ping, AtomicInteger cut) {
    long end = System.nanoTime() + FLOOD.toNanos();
    try (RawSocket bad = RawSocket.upgraded(port)) {
      while (System.nanoTime() - end < 0) {
        if (!bad.trySend(ping)) {
          cut.incrementAndGet();
          return;
        }
      }
    }
  }
}
