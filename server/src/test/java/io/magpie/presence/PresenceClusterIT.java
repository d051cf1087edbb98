package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes show the same people: the first without Redis at times, the second without PostgreSQL.
 */
class PresenceClusterIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static ProxiedDatabase database;
  private static TcpProxy redis;
  private static TestServer one;
  private static TestServer two;

  private final List<TestClient> clients = new ArrayList<>();
  private TestUser wei;
  private TestUser na;
  private Sight sight;

  @BeforeAll
  static void start() {
    database = new ProxiedDatabase();
    Endpoints direct = database.direct();
    int port = URI.create(direct.redisUri()).getPort();
    redis = TcpProxy.to(port);
    one =
        TestServer.on(
            new Endpoints(
                direct.postgresUri(),
                direct.postgresOwnerUri(),
                direct.redisUri().replace(":" + port + "/", ":" + redis.port() + "/")),
            "NODE_LEASE",
            "3s");
    two = TestServer.on(database.endpoints(), "NODE_LEASE", "3s");
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    redis.close();
    database.close();
  }

  @BeforeEach
  void people() {
    wei = one.user("伟");
    na = one.user("娜");
    sight = new Sight(client(one, wei));
  }

  @AfterEach
  void leave() {
    redis.up();
    database.proxy().up();
    Deadline.await("hellos are taken again", LONG, two::ready);
    clients.forEach(TestClient::close);
    clients.clear();
  }

  private TestClient client(TestServer node, TestUser user) {
    TestClient client = node.client(user);
    clients.add(client);
    return client;
  }

  @Test
  void who_is_on_one_node_is_shown_on_the_other() {
    sight.watch(na);
    TestClient there = client(two, na);
    sight.await(na, "online");
    there.ask("status.set", "{'text':'over there'}");
    sight.awaitStatus(na, "over there");
    there.ask("presence.activity", "{'active':false}");
    sight.await(na, "away");
    there.close();
    sight.await(na, "offline");
  }

  @Test
  void devices_on_several_nodes_count_together() {
    sight.watch(na);
    TestClient here = client(one, na);
    TestClient there = client(two, one.again(na, "phone"));
    sight.await(na, "online");
    here.ask("presence.activity", "{'active':false}");
    there.ask("presence.activity", "{'active':false}");
    sight.await(na, "away");
    there.ask("presence.activity", "{'active':true}");
    sight.await(na, "online");
    there.close();
    sight.await(na, "away");
    here.close();
    sight.await(na, "offline");
  }

  @Test
  void a_node_that_lost_only_redis_stays_right_in_both_directions() {
    Sight back = new Sight(client(two, na));
    back.watch(wei);
    sight.watch(na);
    sight.await(na, "online");
    redis.down();
    clients.get(1).ask("presence.set", "{'availability':'busy'}");
    sight.await(na, "busy", LONG);
    clients.get(0).ask("presence.set", "{'availability':'do_not_disturb'}");
    back.await(wei, "do_not_disturb", LONG);
    clients.get(1).close();
    sight.await(na, "offline", LONG);
  }

  /**
   * Without Redis the node cannot know that the other has the database, so it keeps its clients.
   */
  @Test
  void users_of_a_node_without_a_lease_are_offline_and_only_those_who_stayed_come_back() {
    TestUser fang = one.user("芳");
    sight.watch(na, fang);
    client(two, na);
    TestClient leaver = client(two, fang);
    sight.await(na, "online");
    sight.await(fang, "online");
    redis.down();
    database.proxy().swallow();
    sight.await(na, "offline", LONG);
    sight.await(fang, "offline", LONG);
    leaver.close();
    int before = sight.all(fang).size();
    database.proxy().up();
    sight.await(na, "online", LONG);
    assertThat(sight.all(fang)).as("nothing stale is told of who left").hasSize(before);
    assertThat(sight.now(fang).orElseThrow().has("lastSeenAt")).isTrue();
  }

  @Test
  void a_ghost_of_a_node_that_nobody_knows_is_taken_back() {
    UUID dead = UUID.randomUUID();
    one.execute(
        "insert into presence_teller (incarnation, batch) values ('%s', 1)".formatted(dead));
    sight.watch(na);
    one.execute(
        ("insert into presence_live as p (user_id, parts, version, changed_in) values"
                + " ('%s', '{\"%s\":2}', nextval('presence_version'), 0)"
                + " on conflict (user_id) do update set parts = excluded.parts")
            .formatted(na.id(), dead));
    Deadline.await("taken back", LONG, () -> state(na).equals("0"));
    assertThat(sight.states(na)).doesNotContain("online", "away");
  }

  private static String state(TestUser user) {
    return one.sql("select state from presence_live where user_id = '" + user.id() + "'");
  }

  @Test
  void after_a_crash_of_the_database_everybody_is_told_anew_and_no_version_goes_back() {
    TestUser fang = one.user("芳");
    TestClient there = client(two, na);
    one.execute(
        ("insert into presence_live (user_id, parts, version, changed_in) values"
                + " ('%s', '{\"%s\":2}', nextval('presence_version'), 0)")
            .formatted(fang.id(), UUID.randomUUID()));
    sight.watch(na, fang);
    sight.await(na, "online");
    sight.await(fang, "online");
    one.execute("truncate presence_live, presence_teller, node");
    sight.await(fang, "offline", LONG);
    Deadline.await("told anew", LONG, () -> state(na).equals("2"));
    there.ask("presence.activity", "{'active':false}");
    sight.await(na, "away", LONG);
  }
}
