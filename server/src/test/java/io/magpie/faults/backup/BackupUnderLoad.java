package io.magpie.faults.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.backup.Backup;
import io.magpie.backup.Restore;
import io.magpie.backup.Verifier;
import io.magpie.faults.check.Counts;
import io.magpie.faults.check.Invariant;
import io.magpie.faults.check.Timing;
import io.magpie.faults.check.Verdict;
import io.magpie.faults.check.Violation;
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
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * F39, the part of messages: a backup during load, restored elsewhere. What was acknowledged before
 * the backup began is there, what was first sent after it had ended is not, nothing is there by
 * halves, and clients that know more are told so and come to the same state (I1, I4, I5, I11).
 */
public final class BackupUnderLoad {
  private static final int SENDERS = 4;
  private static final int BEFORE = 200;
  private static final int AFTER = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<UUID> groups = new ArrayList<>();
  private final Map<UUID, Acked> acked = new ConcurrentHashMap<>();
  private final AtomicInteger phase = new AtomicInteger();
  private final List<Violation> violations = new ArrayList<>();
  private int read;

  /** A send that was acknowledged. */
  private record Acked(UUID group, UUID clientId, long seq, String text, int phase) {}

  /**
   * Runs once.
   *
   * @param folder for the backup
   */
  public BackupUnderLoad(Path folder) {
    this.folder = folder;
  }

  /** What became of the messages; how long restoring and reading anew took is its time to heal. */
  public Verdict run() throws Exception {
    Endpoints restored = EmbeddedForTests.freshDatabase("fault_restored");
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
      file = backUpUnderLoad(server, people);
    }
    long begun = System.nanoTime();
    new Restore(line -> {}, System::nanoTime)
        .run(file, restored.postgresOwnerUri(), new Restore.Options(false, false));
    holds(
        Invariant.I1,
        () -> assertThat(Verifier.verify(restored.postgresUri(), line -> {})).isEmpty());
    try (TestServer server = TestServer.on(restored)) {
      holds(Invariant.I11, () -> everybodyBeginsAnew(server, epoch));
      long whole = (System.nanoTime() - begun) / 1_000_000;
      holds(Invariant.I1, () -> everyMessageIsWholeOrAbsent(server));
      holds(Invariant.I4, () -> lostOnesCanBeSentAgain(server, epoch));
      return verdict(whole);
    }
  }

  private void holds(Invariant invariant, Runnable check) {
    try {
      check.run();
    } catch (AssertionError broken) {
      violations.add(new Violation(invariant, String.valueOf(broken.getMessage())));
    }
  }

  private Verdict verdict(long millis) {
    int sent = acked.size();
    boolean valid = violations.isEmpty();
    int lost = (int) violations.stream().filter(v -> v.invariant() == Invariant.I1).count();
    return new Verdict(
        valid ? Verdict.Outcome.VALID : Verdict.Outcome.INVALID,
        List.copyOf(violations),
        List.of(),
        new Counts(sent, sent, 0, 0, 0, lost, 0, 0, 0, read, SENDERS, 0),
        new Timing(0, 0, 0, 0, OptionalLong.of(millis), List.of(), new Timing.Gone(0, 0, 0)));
  }

  private void everybodyBeginsAnew(TestServer server, UUID epoch) {
    Map<UUID, Long> cursors = cursors();
    for (int i = 0; i < SENDERS; i++) {
      TestUser user = server.login("sender" + i);
      try (TestClient client = TestClient.connect(server)) {
        client.resume(user, epoch, cursors);
        for (UUID group : groups) {
          List<Long> seqs = readAnew(client, group);
          assertThat(seqs).isEqualTo(stored(server, group));
          read += seqs.size();
        }
      }
    }
  }

  private Path backUpUnderLoad(TestServer server, List<TestUser> people) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (TestUser user : people) {
        sending.add(pool.submit(() -> send(server, user)));
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
  private void send(TestServer server, TestUser user) {
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
