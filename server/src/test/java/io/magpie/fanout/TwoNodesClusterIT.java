package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.RedisForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database behave like one server, with Redis and without. */
class TwoNodesClusterIT {
  private static TcpProxy redis;
  private static Endpoints direct;
  private static TestServer one;
  private static TestServer two;

  private TestUser wei;
  private TestUser na;
  private UUID group;
  private TestClient here;
  private TestClient there;

  @BeforeAll
  static void start() {
    direct = EmbeddedForTests.freshDatabase("two_nodes");
    int port = URI.create(direct.redisUri()).getPort();
    redis = TcpProxy.to(port);
    one = TestServer.on(direct);
    two =
        TestServer.on(
            new Endpoints(
                direct.postgresUri(),
                direct.postgresOwnerUri(),
                direct.redisUri().replace(":" + port + "/", ":" + redis.port() + "/")));
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    redis.close();
  }

  @BeforeEach
  void meet() {
    wei = one.user("wei");
    na = one.user("na");
    group = one.group(wei, na);
    here = one.client(wei);
    there = two.client(na);
  }

  @AfterEach
  void part() {
    there.close();
    here.close();
  }

  /** Says things on the first node until the second one has heard of one by Redis. */
  private static long untilHeard(TestClient speaker, TestClient reader, UUID group) {
    double before = two.metric("magpie_fanout_received_total");
    AtomicLong seq = new AtomicLong();
    Deadline.await(
        "heard by Redis",
        Duration.ofSeconds(20),
        () -> {
          seq.set(speaker.say(group, "do you hear me?"));
          reader.event(group, seq.get());
          return two.metric("magpie_fanout_received_total") > before;
        });
    return seq.get();
  }

  @Test
  void what_is_said_on_one_node_is_heard_on_the_other_in_order() {
    untilHeard(here, there, group);
    double before = two.metric("magpie_fanout_received_total");
    long first = here.say(group, "1");
    long last = first;
    for (int i = 2; i <= 50; i++) {
      last = i % 2 == 0 ? there.say(group, "" + i) : here.say(group, "" + i);
    }
    here.event(group, last);
    there.event(group, last);
    List<Long> numbers = LongStream.rangeClosed(first, last).boxed().toList();
    assertThat(there.seqs(group)).endsWith(numbers.toArray(Long[]::new));
    assertThat(here.seqs(group)).endsWith(numbers.toArray(Long[]::new));
    assertThat(two.metric("magpie_fanout_received_total")).isGreaterThan(before);
    assertThat(two.metric("magpie_fanout_rejected_total")).isZero();
  }

  @Test
  void who_is_invited_and_removed_on_one_node_reads_just_that_on_the_other() {
    UUID alone = one.group(wei);
    here.say(alone, "before");
    here.ask("member.add", "{'conversation':'" + alone + "','users':['" + na.id() + "']}");
    there.event("membership.added");
    long heard = here.say(alone, "between");
    there.event(alone, heard);
    here.ask("member.remove", "{'conversation':'" + alone + "','user':'" + na.id() + "'}");
    there.event("membership.removed");
    here.say(alone, "after");
    long again = here.say(alone, "after, too");
    here.event(alone, again);
    assertThat(there.seqs(alone)).contains(heard).allMatch(seq -> seq <= heard + 1);
  }

  @Test
  void typing_and_read_positions_reach_the_other_node() {
    long seq = untilHeard(here, there, group);
    there.ask("typing.start", "{'conversation':'" + group + "'}");
    here.await("typing", frame -> signal(frame, "typing"));
    there.ask(
        "position.update", "{'positions':[{'conversation':'" + group + "','read':" + seq + "}]}");
    here.await("position", frame -> signal(frame, "position"));
  }

  private static boolean signal(JsonNode frame, String kind) {
    return frame.findValuesAsText("kind").contains(kind);
  }

  @Test
  void a_session_that_ends_on_one_node_ends_on_the_other_within_a_second() {
    TestUser revoked = one.member("wei.revoked");
    UUID theirs = one.group(wei, revoked);
    try (TestClient ends = two.client(revoked)) {
      untilHeard(here, ends, theirs);
      one.http().send("DELETE", "/sessions/current", revoked.token(), "").ok();
      assertThat(ends.closed(Duration.ofSeconds(1))).isEqualTo(4401);
    }
  }

  @Test
  void without_redis_the_other_node_hears_by_reading_and_with_it_again_by_redis() {
    untilHeard(here, there, group);
    redis.down();
    long seq = 0;
    for (int i = 0; i < 10; i++) {
      seq = here.say(group, "without " + i);
    }
    there.event(group, seq);
    redis.up();
    untilHeard(here, there, group);
    List<Long> seqs = there.seqs(group);
    assertThat(seqs).isEqualTo(LongStream.rangeClosed(seqs.get(0), last(seqs)).boxed().toList());
  }

  @Test
  void a_subscriber_that_redis_cuts_again_and_again_misses_nothing() {
    try (RedisForTests admin = RedisForTests.connect(EmbeddedForTests.redisAdminUri())) {
      long first = untilHeard(here, there, group);
      long last = first;
      for (int i = 0; i < 60; i++) {
        if (i % 12 == 0) {
          admin.ask("CLIENT", "KILL", "TYPE", "pubsub");
        }
        last = here.say(group, "n" + i);
      }
      there.event(group, last);
      List<Long> seqs = new ArrayList<>(there.seqs(group));
      seqs.removeIf(seq -> seq < first);
      assertThat(seqs).isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
    }
  }

  @Test
  void what_a_stranger_publishes_is_ignored() {
    try (RedisForTests stranger = RedisForTests.connect(EmbeddedForTests.redisAdminUri())) {
      long seq = untilHeard(here, there, group);
      String prefix = "magpie:" + there.epoch().toString().substring(0, 8) + ":";
      double before = two.metric("magpie_fanout_rejected_total");
      String forged = "{\"stream\":\"" + group + "\",\"seq\":" + (seq + 1) + ",\"data\":{}}";
      assertThat(stranger.ask("PUBLISH", prefix + "s:" + group, forged)).isEqualTo("2");
      stranger.ask("PUBLISH", prefix + "s:" + group, "\u0001\u0001" + "x".repeat(200));
      stranger.ask("PUBLISH", prefix + "nodes", "session.ended\n" + na.session());
      stranger.ask("PUBLISH", prefix + "s:not-a-uuid", "");
      Deadline.await("rejected", () -> two.metric("magpie_fanout_rejected_total") >= before + 3);
      long next = here.say(group, "real");
      assertThat(next).isEqualTo(seq + 1);
      assertThat(there.event(group, next).at("/data/body/text").textValue()).isEqualTo("real");
    }
  }

  private static long last(List<Long> numbers) {
    return numbers.get(numbers.size() - 1);
  }
}
