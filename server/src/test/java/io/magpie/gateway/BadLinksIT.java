package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.Herd;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.ProxyLink;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Links that break again and again, and links that are dead without saying so. */
class BadLinksIT {
  private static final int CLIENTS = Integer.getInteger("magpie.flap.clients", 40);
  private static final Duration FLAPPING =
      Duration.ofSeconds(Integer.getInteger("magpie.flap.seconds", 6));

  @Test
  void F25_clients_that_flap_resume_each_time_and_never_read_everything_anew() {
    try (TestServer server = TestServer.start("UNAUTHENTICATED_PER_ADDRESS", "10000");
        TcpProxy proxy = TcpProxy.to(server.port());
        Herd herd = new Herd(proxy.port(), true)) {
      TestUser[] people = new TestUser[CLIENTS];
      for (int i = 0; i < CLIENTS; i++) {
        people[i] = server.user("人");
      }
      UUID group = server.group(people[0], Arrays.copyOfRange(people, 1, CLIENTS));
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      for (int i = 1; i < CLIENTS; i++) {
        herd.add(people[i], group, epoch, 1);
      }
      Deadline.await("all are in", Duration.ofSeconds(30), herd::allConnected);
      long last = 0;
      try (TestClient sender = server.client(people[0])) {
        long end = System.nanoTime() + FLAPPING.toNanos();
        while (System.nanoTime() < end) {
          last = sender.say(group, "while links break");
          if (last % 10 == 0) {
            List<ProxyLink> links = new ArrayList<>(proxy.links());
            Collections.shuffle(links);
            links.stream().limit(3).forEach(ProxyLink::reset);
          }
        }
      }
      long sent = last;
      Deadline.await("all are back", Duration.ofSeconds(30), herd::allConnected);
      Deadline.await(
          "all have everything", Duration.ofSeconds(20), () -> herd.allHave(group, sent));
      assertThat(herd.welcomes()).isGreaterThan(2 * CLIENTS);
      assertThat(herd.resyncs()).isZero();
      assertThat(herd.refused() + herd.upgradesRefused()).isZero();
      assertThat(herd.faults()).isEmpty();
    }
  }

  @Test
  void F26_a_half_open_link_is_noticed_and_the_new_one_has_everything() {
    try (TestServer server = TestServer.start("HEARTBEAT", "1s", "READ_IDLE", "3s");
        TcpProxy proxy = TcpProxy.to(server.port())) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      try (TestClient sender = server.client(wei)) {
        TestClient old = TestClient.over(RawSocket.upgraded(proxy.port())).hello(na);
        long seen = sender.say(group, "seen");
        old.event(group, seen);
        proxy.swallow();
        long swallowed = System.nanoTime();
        long missed = sender.say(group, "into the void");
        try (TestClient fresh = TestClient.connect(server)) {
          fresh.resume(na, old.epoch(), Map.of(group, seen));
          fresh.event(group, missed);
          Deadline.await(
              "the old one is gone",
              Duration.ofSeconds(6),
              () -> server.metric("magpie_connections") == 2);
          assertThat(System.nanoTime() - swallowed).isLessThan(Duration.ofSeconds(6).toNanos());
          long live = sender.say(group, "live");
          fresh.event(group, live);
          assertThat(fresh.seqs(group)).containsExactly(missed, live);
        }
        assertThat(old.seqs(group)).containsExactly(seen);
        proxy.close();
        old.close();
      }
    }
  }
}
