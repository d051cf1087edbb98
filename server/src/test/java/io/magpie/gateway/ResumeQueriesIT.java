package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.StatementLog;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a hello costs, counted by PostgreSQL: the session, the streams, heads and missed events.
 * Statements of timers (heads of all served streams, ended sessions) are no part of a hello.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeQueriesIT {
  private static final int CLIENTS = 30;

  private StatementLog log;
  private TestServer server;
  private TestUser[] people;
  private UUID group;
  private UUID epoch;

  @BeforeAll
  void start() {
    log = EmbeddedForTests.loggedDatabase("resume_queries");
    server = TestServer.on(log.endpoints());
    people = new TestUser[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      people[i] = server.user("人");
    }
    group = server.group(people[0], Arrays.copyOfRange(people, 1, CLIENTS));
    epoch = UUID.fromString(server.sql("select epoch from installation"));
    server.execute("update session set last_seen_at = now() - interval '1 hour'");
    server
        .http()
        .post(
            people[0],
            "/conversations/" + group + "/messages",
            "{'clientId':'%s','body':{'type':'text','text':'missed'}}".formatted(UUID.randomUUID()))
        .ok();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void one_resume_asks_three_times() {
    log.next();
    try (TestClient client = TestClient.connect(server)) {
      client.resume(people[1], epoch, Map.of(group, 1L, people[1].id(), 1L));
      client.event(group, 2);
      assertThat(HelloStatements.in(log.next()))
          .satisfiesExactly(
              session -> assertThat(session).contains("from session s join app_user"),
              streams -> assertThat(streams).contains("from stream_reader r join stream s"),
              missed -> assertThat(missed).startsWith("select id as stream_id, head as seq"));
    }
  }

  @Test
  void a_storm_asks_three_times_for_each_and_notes_all_sessions_together() {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 2; i < CLIENTS; i++) {
      clients.add(TestClient.connect(server));
    }
    log.next();
    for (int i = 2; i < CLIENTS; i++) {
      TestUser user = people[i];
      clients.get(i - 2).startResume(user, epoch, Map.of(group, 1L, user.id(), 1L));
    }
    for (TestClient client : clients) {
      client.welcome();
      client.event(group, 2);
    }
    Deadline.await(
        "all sessions are noted",
        Duration.ofSeconds(10),
        () -> server.sql(UNNOTED + people[CLIENTS - 1].session() + "'").equals("0"));
    List<String> all = log.next();
    assertThat(HelloStatements.in(all)).hasSize(3 * clients.size());
    assertThat(all.stream().filter(s -> s.startsWith("update session"))).hasSizeBetween(1, 3);
    clients.forEach(TestClient::close);
  }

  private static final String UNNOTED =
      "select count(*) from session where last_seen_at < now() - interval '1 minute' and id = '";
}
