package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Herd;
import io.magpie.testkit.StatementLog;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * F29: everybody is cut at once and comes back, with the SDK's jitter and without. {@code
 * -Dmagpie.storm.clients=2000} makes it the size of the plan.
 */
class ReconnectStormIT {
  private static final int CLIENTS = Integer.getInteger("magpie.storm.clients", 300);
  private static final int GROUP = 100;
  private static final int PER_SECOND = Math.min(200, CLIENTS / 3);
  private static final int BURST = CLIENTS / 10;

  @Test
  void with_jitter_all_are_back_soon_and_nobody_who_works_notices() {
    storm(true);
  }

  @Test
  void without_jitter_the_gate_holds_all_the_same() {
    storm(false);
  }

  private static void storm(boolean patient) {
    StatementLog log = EmbeddedForTests.loggedDatabase("storm_" + patient);
    try (TestServer server =
            TestServer.on(
                log.endpoints(),
                "HELLOS_PER_SECOND",
                String.valueOf(PER_SECOND),
                "HELLOS_BURST",
                String.valueOf(BURST),
                "UNAUTHENTICATED_DEADLINE",
                "3s",
                "UNAUTHENTICATED_PER_ADDRESS",
                "100000",
                "UNAUTHENTICATED_PER_NODE",
                "100000");
        TcpProxy proxy = TcpProxy.to(server.port());
        Herd herd = new Herd(proxy.port(), patient)) {
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      Set<UUID> groups = gather(server, herd, epoch);
      Deadline.await("all are in", Duration.ofSeconds(120), herd::allConnected);
      log.next();
      int before = herd.welcomes();
      int refusedBefore = herd.refused();
      Worker worker = new Worker(server, groups.iterator().next());
      long cut = System.nanoTime();
      proxy.reset();
      Deadline.await("all are cut", Duration.ofSeconds(20), () -> !herd.allConnected());
      Deadline.await("all are back", Duration.ofSeconds(60), herd::allConnected);
      double seconds = (System.nanoTime() - cut) / 1e9;
      long last = worker.stop();
      Deadline.await(
          "all have everything", Duration.ofSeconds(20), () -> herd.allHave(worker.group, last));
      int resumed = herd.welcomes() - before;
      int asked = HelloStatements.in(log.next()).size();
      System.out.printf(
          "storm: %d clients, jitter %s: all back after %.1f s; %.2f statements a resume; refused %d,"
              + " upgrades refused %d; base: %d sends, slowest %d ms%n",
          CLIENTS,
          patient ? "on" : "off",
          seconds,
          (double) asked / resumed,
          herd.refused() - refusedBefore,
          herd.upgradesRefused(),
          worker.sends,
          worker.slowestMs());
      assertThat(herd.faults()).isEmpty();
      assertThat(herd.resyncs()).isZero();
      assertThat(resumed).isGreaterThanOrEqualTo(CLIENTS);
      assertThat(seconds)
          .as("not faster than the set rate")
          .isGreaterThan((double) (CLIENTS - BURST) / PER_SECOND - 0.5);
      assertThat(seconds).isLessThan(30);
      assertThat((double) asked / resumed).isLessThanOrEqualTo(3);
      assertThat(worker.p99Ms()).isLessThan(2_000);
    }
  }

  private static Set<UUID> gather(TestServer server, Herd herd, UUID epoch) {
    Set<UUID> groups = new HashSet<>();
    for (int done = 0; done < CLIENTS; done += GROUP) {
      TestUser[] people = new TestUser[Math.min(GROUP, CLIENTS - done)];
      for (int i = 0; i < people.length; i++) {
        people[i] = server.user("人");
      }
      UUID group = server.group(people[0], Arrays.copyOfRange(people, 1, people.length));
      groups.add(group);
      for (TestUser user : people) {
        herd.add(user, group, epoch, 1);
      }
    }
    return groups;
  }

  /** Somebody whose connection was not cut and who goes on sending to one of the groups. */
  private static final class Worker {
    private final UUID group;
    private final TestClient client;
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final List<Long> nanos = new ArrayList<>();
    private final Thread thread;
    private long last;
    private int sends;

    Worker(TestServer server, UUID group) {
      this.group = group;
      TestUser user = server.user("勤");
      server.execute(
          "insert into stream_reader (stream_id, user_id, from_seq) values ('%s', '%s', 1)"
              .formatted(group, user.id()));
      this.client = server.client(user);
      this.thread = new Thread(this::work, "worker");
      thread.start();
    }

    private void work() {
      while (sending.get()) {
        long begun = System.nanoTime();
        last = client.say(group, "still here");
        nanos.add(System.nanoTime() - begun);
        sends++;
      }
    }

    long stop() {
      sending.set(false);
      try {
        thread.join(20_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      client.close();
      return last;
    }

    long slowestMs() {
      return nanos.stream().mapToLong(Long::longValue).max().orElseThrow() / 1_000_000;
    }

    long p99Ms() {
      return nanos.stream().sorted().skip(nanos.size() * 99L / 100).findFirst().orElseThrow()
          / 1_000_000;
    }
  }
}
