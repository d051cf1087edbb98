package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.faults.check.Rules;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.load.Crowd;
import io.magpie.protocol.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Clocks, event loops, descriptors, and what comes in that no good peer sends. */
final class HostCases {
  private static final String FUTURE = "select count(*) from event where kind = 'future.thing'";

  private HostCases() {}

  static List<FaultCase> all() {
    Rules nobodyCut = Rules.all().proving(Rules.Proof.FAULT_OVER_SEND);
    return List.of(
        FaultCase.of("F31", "clocks jump an hour apart", HostCases::clocks)
            .by(nobodyCut.available(0, 0.999)),
        FaultCase.of("F32", "garbage from Redis, events of a newer version", HostCases::poison)
            .by(nobodyCut),
        FaultCase.of("F33", "an event loop is blocked for 3 s", HostCases::block)
            .by(nobodyCut.available(0.6, 0.999)),
        FaultCase.of("F35", "no file descriptors left", HostCases::descriptors)
            .in(new Surroundings(2, Surroundings.USUAL.settings(), List.of("descriptors=420")))
            .by(nobodyCut));
  }

  private static void clocks(Scene scene) {
    Node fast = scene.nodes().get(0);
    Node slow = scene.nodes().get(1);
    scene.fault(
        "one clock is an hour ahead, one an hour behind",
        () -> {
          fast.moveClock(Duration.ofHours(1));
          slow.moveClock(Duration.ofHours(-1));
        },
        scene.span(30, 6),
        () -> {
          fast.moveClock(Duration.ZERO);
          slow.moveClock(Duration.ZERO);
        },
        () -> {
          long minutes = minutesAhead(scene.cluster().adminToken());
          scene.require(Math.abs(minutes) <= 1, "a token is " + minutes + " minutes ahead");
          return ahead(fast) > 3_000 && ahead(slow) < -3_000;
        });
    scene.hold(scene.span(5, 2));
  }

  /** By how many seconds a node's own clock is ahead of the database's, which counts. */
  private static double ahead(Node node) {
    return node.process().metric("magpie_clock_ahead_seconds");
  }

  /** By how much a token is ahead. */
  private static long minutesAhead(String token) {
    String payload = token.split("\\.")[1];
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    long issued = Json.readOwn(claims).get("iat").longValue();
    return Duration.between(Instant.now(), Instant.ofEpochSecond(issued)).toMinutes();
  }

  private static void poison(Scene scene) {
    KillableServices services = scene.cluster().services();
    double before = rejected(scene);
    scene.fault(
        "garbage on every channel",
        () -> {
          List<String> channels = services.redisList("PUBSUB", "CHANNELS", "*");
          for (String channel : channels) {
            services.redis("PUBLISH", channel, "garbage " + scene.random().nextLong());
            services.redis("PUBLISH", channel, "{\"seq\":9223372036854775807}");
          }
          scene.figure("channels", channels.size());
        },
        scene.span(10, 2),
        () -> {},
        () -> rejected(scene) > before);
    Crowd.Group group = scene.crowd().groups().get(0);
    scene.fault(
        "an event of an unknown kind",
        () ->
            scene
                .cluster()
                .execute(
                    """
                    with next as (
                      update stream set head = head + 1 where id = '%1$s' returning id, head)
                    insert into event (stream_id, seq, bucket, kind, actor, at, listed, data)
                    select id, head, to_char(now(), 'YYYYMM')::integer, 'future.thing', '%2$s',
                           now(), false, '{"shape":"unknown"}' from next
                    """
                        .formatted(group.id(), group.owner())),
        scene.span(10, 3),
        () -> {},
        () -> !scene.cluster().sql(FUTURE).equals("0"));
  }

  private static double rejected(Scene scene) {
    return scene.nodes().stream()
        .mapToDouble(node -> node.process().metric("magpie_fanout_rejected_total"))
        .sum();
  }

  private static void block(Scene scene) {
    while (scene.more()) {
      Node node = scene.anyNode();
      int before = blocks(node);
      scene.fault(
          "block an event loop of " + node.name(),
          () -> node.blockLoop(Duration.ofSeconds(3)),
          Duration.ofSeconds(4),
          () -> {},
          () -> blocks(node) > before);
    }
  }

  private static int blocks(Node node) {
    return node.process().log().split("on purpose", -1).length;
  }

  private static void descriptors(Scene scene) {
    Node node = scene.nodes().get(1);
    List<Socket> taken = new ArrayList<>();
    int[] before = {node.process().descriptors()};
    scene.fault(
        "500 sockets to " + node.name(),
        () -> {
          for (int i = 0; i < 500; i++) {
            connect(node, taken);
          }
        },
        scene.span(10, 4),
        () -> taken.forEach(HostCases::close),
        () -> node.process().descriptors() > before[0] + 50);
    scene.hold(scene.span(5, 2));
    scene.require(node.process().isAlive(), "the node did not live through it");
  }

  private static void connect(Node node, List<Socket> taken) {
    try {
      taken.add(new Socket("127.0.0.1", node.clients().target()));
    } catch (IOException e) {
      // refused, which is what is asked for
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone anyway
    }
  }
}
