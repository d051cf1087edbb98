package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.magpie.app.StartFailure;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, joined by Hazelcast or not. */
class NodesClusterIT {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final AtomicInteger MADE = new AtomicInteger();

  private final List<TestServer> servers = new ArrayList<>();
  private Endpoints endpoints;
  private List<Integer> ports;

  @BeforeEach
  void database() {
    endpoints = EmbeddedForTests.freshDatabase("nodes_" + MADE.incrementAndGet());
    ports = Loopback.ports(4);
  }

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  private TestServer node(String id, String lease) {
    TestServer server = TestServer.on(endpoints, "NODE_ID", id, "NODE_LEASE", lease);
    servers.add(server);
    return server;
  }

  /** The first and the second node of a cluster are 0 and 1. */
  private TestServer joined(int number, String lease) {
    TestServer server =
        TestServer.on(
            endpoints,
            "NODE_ID",
            "node-" + number,
            "NODE_LEASE",
            lease,
            "CLUSTER",
            "on",
            "CLUSTER_PORT",
            ports.get(number).toString(),
            "CLUSTER_BUS_PORT",
            ports.get(2 + number).toString(),
            "CLUSTER_MEMBERS",
            "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1));
    servers.add(server);
    return server;
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").findValuesAsText("id");
  }

  private static boolean ready(TestServer server) {
    var request = server.http().request("/health/ready").build();
    return server.http().exchange(request).statusCode() == 200;
  }

  private static void awaitSentAway(TestServer drained, TestClient client) {
    client.await("go_away", LONG, frame -> TestClient.type(frame).equals("go_away"));
    assertThat(client.closed(Duration.ofSeconds(20))).isEqualTo(1012);
    assertThat(ready(drained)).isFalse();
  }

  /** What one says the other hears, both ways. */
  private static void assertMessagesCross(TestServer one, TestServer other, TestUser user) {
    UUID group = one.group(user);
    try (TestClient here = one.client(user);
        TestClient there = other.client(user)) {
      there.event(group, here.say(group, "from the first"));
      here.event(group, there.say(group, "from the second"));
    }
  }

  @Test
  void every_node_lists_all_to_operators_only() {
    TestServer one = node("a", "2s");
    TestServer two = node("b", "3s");
    TestUser admin = one.admin();
    try (TestClient client = two.client(admin)) {
      Deadline.await(
          "the connection is counted",
          LONG,
          () -> client.ask("node.list", "{}").at("/items/1/connections").intValue() == 1);
      JsonNode first = one.http().get(admin, "/nodes?limit=1").ok();
      assertThat(ids(first)).containsExactly("a");
      JsonNode next = one.http().get(admin, "/nodes?cursor=" + first.get("next").asText()).ok();
      assertThat(ids(next)).containsExactly("b");
      assertThat(next.has("next")).isFalse();
      JsonNode node = next.at("/items/0");
      assertThat(node.get("address").textValue()).isEqualTo("http://127.0.0.1:" + two.port());
      assertThat(node.get("leaseMs").longValue()).isBetween(1L, 3_000L);
    }
    TestUser employee = one.user("伟");
    assertThat(one.http().get(employee, "/nodes").code()).isEqualTo("forbidden");
    try (TestClient client = one.client(employee)) {
      assertThat(client.refusal("node.drain", "{'node':'b'}")).isEqualTo("forbidden");
    }
    try (TestClient client = one.client(admin)) {
      assertThat(client.refusal("node.drain", "{'node':'nobody'}")).isEqualTo("not_found");
      assertThat(client.refusal("node.list", "{'cursor':'YQ'}")).isNotEqualTo("internal");
    }
    Deadline.await("both are counted", LONG, () -> one.metric("magpie_nodes") == 2);
    assertThat(one.metric("magpie_cluster_members")).isZero();
  }

  @Test
  void a_node_that_stops_is_gone_at_once() {
    TestServer one = node("a", "5m");
    TestServer two = node("b", "5m");
    TestUser admin = one.admin();
    assertThat(ids(one.http().get(admin, "/nodes").ok())).containsExactly("a", "b");
    two.close();
    servers.remove(two);
    assertThat(ids(one.http().get(admin, "/nodes").ok())).containsExactly("a");
  }

  @Test
  void a_second_node_of_the_same_id_does_not_start() {
    TestServer one = node("a", "2s");
    assertThatThrownBy(() -> node("a", "2s"))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo("node-id-taken"))
        .hasMessageContaining("MAGPIE_NODE_ID");
    assertThat(ready(one)).isTrue();
  }

  @Test
  void a_node_whose_id_another_has_taken_sends_its_clients_away_and_asks_to_end() {
    TestServer one = node("a", "2s");
    TestUser admin = one.admin();
    try (TestClient client = one.client(admin)) {
      one.execute(
          "update node set incarnation = gen_random_uuid(),"
              + " lease_until = clock_timestamp() + interval '1 minute'");
      awaitSentAway(one, client);
    }
    assertThat(one.application().dispossessed().isComplete()).isTrue();
  }

  @Test
  void without_a_cluster_a_node_reads_in_the_database_that_it_is_to_drain() {
    TestServer one = node("a", "2s");
    TestServer two = node("b", "2s");
    TestUser admin = one.admin();
    try (TestClient here = one.client(admin);
        TestClient there = two.client(admin)) {
      assertThat(here.ask("node.drain", "{'node':'b'}").get("draining").booleanValue()).isTrue();
      awaitSentAway(two, there);
      assertThat(here.ask("node.list", "{}").at("/items/1/draining").booleanValue()).isTrue();
      assertThat(ready(one)).isTrue();
      here.ask("profile.get", "{}");
    }
  }

  @Test
  void joined_nodes_signal_each_other_long_before_a_lease_is_renewed() {
    TestServer one = joined(0, "5m");
    TestServer two = joined(1, "5m");
    Deadline.await("joined", LONG, () -> one.metric("magpie_cluster_members") == 2);
    TestUser admin = one.admin();
    assertMessagesCross(one, two, admin);
    try (TestClient here = one.client(admin);
        TestClient there = two.client(admin)) {
      here.ask("node.drain", "{'node':'node-1'}");
      awaitSentAway(two, there);
    }
  }

  @Test
  void both_halves_of_a_cluster_that_fell_apart_go_on() {
    TestServer one = joined(0, "2s");
    TestServer two = joined(1, "2s");
    Deadline.await("joined", LONG, () -> one.metric("magpie_cluster_members") == 2);
    TestUser admin = one.admin();
    for (HazelcastInstance member : Hazelcast.getAllHazelcastInstances()) {
      if (member.getCluster().getLocalMember().getAddress().getPort() == ports.get(1)) {
        member.getLifecycleService().terminate();
      }
    }
    Deadline.await("apart", LONG, () -> one.metric("magpie_cluster_members") == 1);
    assertMessagesCross(one, two, admin);
    assertThat(ids(two.http().get(admin, "/nodes").ok())).containsExactly("node-0", "node-1");
    try (TestClient here = two.client(admin);
        TestClient there = one.client(admin)) {
      here.ask("node.drain", "{'node':'node-0'}");
      awaitSentAway(one, there);
    }
  }
}
