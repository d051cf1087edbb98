package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Clients that come and go while others send: nobody sees a hole, a double or another order, and
 * all see the same (invariants 1, 2 and 3 of the guarantee).
 */
class HelloRacesIT {
  private static final int SENDERS = 20;
  private static final int MESSAGES = 50;
  private static final int READERS = 4;

  @Test
  void reconnecting_readers_see_every_event_once_and_in_order() throws Exception {
    try (TestServer server = TestServer.start("UNAUTHENTICATED_PER_ADDRESS", "100")) {
      TestUser[] people = new TestUser[SENDERS];
      for (int i = 0; i < SENDERS; i++) {
        people[i] = server.user("u");
      }
      UUID group = server.group(people[0], Arrays.copyOfRange(people, 1, people.length));
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      AtomicBoolean sending = new AtomicBoolean(true);
      List<CompletableFuture<Reader>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Reader reader = new Reader(server, people[i], group, epoch);
        readers.add(CompletableFuture.supplyAsync(() -> reader.runWhile(sending)));
      }
      long head = sendAll(server, people, group);
      sending.set(false);
      for (CompletableFuture<Reader> done : readers) {
        Reader reader = done.get(60, TimeUnit.SECONDS);
        reader.catchUp(head);
        assertThat(reader.applied).isEqualTo(LongStream.rangeClosed(2, head).boxed().toList());
        assertThat(reader.connects).as("reconnected while others sent").isGreaterThan(2);
      }
      assertThat(head).isEqualTo(1 + SENDERS * MESSAGES);
    }
  }

  private static long sendAll(TestServer server, TestUser[] people, UUID group) throws Exception {
    List<CompletableFuture<Long>> senders = new ArrayList<>();
    for (TestUser person : people) {
      senders.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (TestClient client = server.client(person)) {
                  long last = 0;
                  for (int i = 0; i < MESSAGES; i++) {
                    last = client.say(group, "message " + i);
                  }
                  return last;
                }
              },
              task -> new Thread(task).start()));
    }
    long head = 0;
    for (CompletableFuture<Long> sender : senders) {
      head = Math.max(head, sender.get(60, TimeUnit.SECONDS));
    }
    return head;
  }

  /** A client by the rules of the protocol: applies by number, pulls what it is told to pull. */
  private static final class Reader {
    private final TestServer server;
    private final TestUser user;
    private final UUID group;
    private final UUID epoch;
    private final List<Long> applied = new ArrayList<>();
    private long cursor = 1;
    private int connects;

    Reader(TestServer server, TestUser user, UUID group, UUID epoch) {
      this.server = server;
      this.user = user;
      this.group = group;
      this.epoch = epoch;
    }

    Reader runWhile(AtomicBoolean sending) {
      while (sending.get()) {
        one(Long.MAX_VALUE, Duration.ofMillis(30));
      }
      return this;
    }

    void catchUp(long head) {
      one(head, Duration.ofSeconds(15));
    }

    private void one(long until, Duration stay) {
      connects++;
      Map<UUID, Long> cursors = new HashMap<>(Map.of(group, cursor));
      try (TestClient client = TestClient.connect(server)) {
        client.resume(user, epoch, cursors);
        pull(client, client.stream(group).get("after").longValue());
        long end = System.nanoTime() + stay.toNanos();
        int at = 0;
        while (System.nanoTime() < end && cursor < until) {
          List<Long> seqs = client.seqs(group);
          for (; at < seqs.size(); at++) {
            apply(seqs.get(at));
          }
          Thread.onSpinWait();
        }
      }
    }

    private void pull(TestClient client, long upTo) {
      while (cursor < upTo) {
        JsonNode page =
            client.ask("stream.events", "{'stream':'%s','after':%d}".formatted(group, cursor));
        page.get("events").forEach(event -> apply(event.get("seq").longValue()));
        cursor = Math.max(cursor, page.get("upTo").longValue());
      }
    }

    private void apply(long seq) {
      if (seq > cursor) {
        assertThat(seq).as("no hole").isEqualTo(cursor + 1);
        applied.add(seq);
        cursor = seq;
      }
    }
  }
}
