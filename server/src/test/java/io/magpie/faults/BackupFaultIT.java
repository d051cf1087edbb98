package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.backup.Backup;
import io.magpie.backup.Restore;
import io.magpie.backup.Verifier;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F39, the part of messages: a backup during load, restored elsewhere. What was acknowledged before
 * the backup began is there, what was first sent after it had ended is not, nothing is there by
 * halves, and clients that know more are told so and come to the same state (I1, I4, I5, I11).
 */
class BackupFaultIT {
  private static final int SENDERS = 4;
  private static final int BEFORE = 200;
  private static final int AFTER = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** A send that was acknowledged. */
  private record Acked(UUID group, UUID clientId, long seq, String text, int phase) {}

  private final Map<UUID, Acked> acked = new ConcurrentHashMap<>();
  private final AtomicInteger phase = new AtomicInteger();

  @Test
  void F39_restored_messages_are_those_of_one_moment() throws Exception {
    Endpoints restored = EmbeddedForTests.freshDatabase("fault_restored");
    List<UUID> groups = new ArrayList<>();
    UUID epoch;
    Path file;
    try (TestServer server = TestServer.start()) {
      List<TestUser> people = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        people.add(server.member("sender" + i));
      }
      TestUser[] others = people.stream().skip(1).toArray(TestUser[]::new);
      groups.add(server.group(people.get(0), others));
      groups.add(server.group(people.get(0), others));
      try (TestClient reader = server.client(people.get(0))) {
        epoch = reader.epoch();
      }
      file = backUpUnderLoad(server, people, groups);
    }
    Map<UUID, Long> cursors = cursors();
    new Restore(line -> {}, System::nanoTime)
        .run(file, restored.postgresOwnerUri(), new Restore.Options(false, false));
    assertThat(Verifier.verify(restored.postgresUri(), line -> {})).isEmpty();
    try (TestServer server = TestServer.on(restored)) {
      everyMessageIsWholeOrAbsent(server);
      for (int i = 0; i < SENDERS; i++) {
        TestUser user = server.login("sender" + i);
        try (TestClient client = TestClient.connect(server)) {
          client.resume(user, epoch, cursors);
          for (UUID group : groups) {
            assertThat(readAnew(client, group)).isEqualTo(stored(server, group));
          }
        }
      }
      lostOnesCanBeSentAgain(server, epoch);
    }
  }

  private Path backUpUnderLoad(TestServer server, List<TestUser> people, List<UUID> groups)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (TestUser user : people) {
        sending.add(pool.submit(() -> send(server, user, groups)));
      }
      acks(BEFORE, 0);
      phase.set(1);
      Path file =
          new Backup(Clock.systemUTC(), "test", line -> {}, System::nanoTime)
              .take(server.endpoints().postgresOwnerUri(), folder);
      phase.set(2);
      acks(AFTER, 2);
      phase.set(3);
      for (Future<?> one : sending) {
        one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      return file;
    } finally {
      pool.shutdownNow();
    }
  }

  private void acks(int number, int during) {
    Deadline.await(
        number + " acks",
        PATIENCE,
        () -> acked.values().stream().filter(ack -> ack.phase() == during).count() >= number);
  }

  /** Phase of a message: 0 if it was acked before the backup began, 2 if it was begun after it. */
  private void send(TestServer server, TestUser user, List<UUID> groups) {
    try (TestClient client = server.client(user)) {
      for (int i = 0; phase.get() < 3; i++) {
        UUID group = groups.get(i % groups.size());
        UUID clientId = UUID.randomUUID();
        String text = user.name() + " " + i;
        int begun = phase.get();
        JsonNode reply = client.get(client.say(group, clientId, text));
        int ended = phase.get();
        acked.put(
            clientId,
            new Acked(
                group,
                clientId,
                reply.at("/result/seq").longValue(),
                text,
                begun == 2 ? 2 : ended == 0 ? 0 : 1));
      }
    }
  }

  private Map<UUID, Long> cursors() {
    Map<UUID, Long> cursors = new TreeMap<>();
    acked.values().forEach(ack -> cursors.merge(ack.group(), ack.seq(), Math::max));
    return cursors;
  }

  private void everyMessageIsWholeOrAbsent(TestServer server) {
    String found =
        server.sql(
            """
            select coalesce(json_object_agg(w.client_id, e.data #>> '{body,text}'), '{}')
            from client_write w join event e on e.stream_id = w.stream_id and e.seq = w.seq
            where e.kind = 'message.sent'
            """);
    JsonNode texts = Json.readOwn(found);
    for (Acked ack : acked.values()) {
      JsonNode text = texts.get(ack.clientId().toString());
      if (ack.phase() == 0) {
        assertThat(text).as("acked before the backup: " + ack).isNotNull();
      }
      if (ack.phase() == 2) {
        assertThat(text).as("sent after the backup: " + ack).isNull();
      }
      if (text != null) {
        assertThat(text.textValue()).isEqualTo(ack.text());
      }
    }
    long events =
        Long.parseLong(server.sql("select count(*) from event where kind = 'message.sent'"));
    assertThat(texts.size()).as("each message has its first result").isEqualTo((int) events);
  }

  /** What a client does that was told to forget what it has. */
  private static List<Long> readAnew(TestClient client, UUID group) {
    JsonNode told =
        client.await(
            "resync of " + group,
            frame ->
                TestClient.type(frame).equals("resync_required")
                    && frame.get("stream").textValue().equals(group.toString()));
    assertThat(told.get("reason").textValue()).isEqualTo("epoch");
    List<Long> seqs = new ArrayList<>();
    long after = told.get("first").longValue() - 1;
    while (after < told.get("head").longValue()) {
      JsonNode page =
          client.ask(
              "stream.events", "{'stream':'%s','after':%d,'limit':200}".formatted(group, after));
      page.get("events").forEach(event -> seqs.add(event.get("seq").longValue()));
      after = page.get("upTo").longValue();
    }
    return seqs;
  }

  private static List<Long> stored(TestServer server, UUID group) {
    JsonNode all =
        Json.readOwn(
            server.sql(
                "select json_build_object('seqs', json_agg(seq order by seq)) from event"
                    + " where stream_id = '"
                    + group
                    + "'"));
    List<Long> seqs = new ArrayList<>();
    all.get("seqs").forEach(seq -> seqs.add(seq.longValue()));
    return seqs;
  }

  /** An outbox that still has one of them sends it under its old id, and it is new. */
  private void lostOnesCanBeSentAgain(TestServer server, UUID epoch) {
    Acked lost =
        acked.values().stream()
            .filter(ack -> ack.phase() == 2 && ack.text().startsWith("sender0"))
            .findFirst()
            .orElseThrow();
    try (TestClient client = TestClient.connect(server)) {
      client.resume(server.login("sender0"), epoch, Map.of());
      for (boolean duplicate : new boolean[] {false, true}) {
        JsonNode reply = client.get(client.say(lost.group(), lost.clientId(), lost.text()));
        assertThat(reply.at("/result/duplicate").booleanValue()).isEqualTo(duplicate);
      }
    }
    assertThat(Verifier.verify(server.endpoints().postgresUri(), line -> {})).isEmpty();
  }
}
