package io.magpie.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nodes that rehearse before they are ready. */
class WarmUpIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final String SESSIONS =
      " from pg_stat_activity where application_name = 'magpie-rehearsal'"
          + " and datname = current_database()";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Rehearsal.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void nothing_is_left_of_it_and_nothing_of_it_is_counted() {
    Map<String, Long> without;
    try (TestServer cold = TestServer.start()) {
      without = rows(cold);
    }
    try (TestServer warm = TestServer.start("WARM_UP", "5s")) {
      assertThat(rows(warm)).isEqualTo(without);
      assertThat(warm.sql("select count(*)" + SESSIONS)).isEqualTo("0");
      assertThat(warm.metric("magpie_connections_opened_total")).isZero();
      assertThat(warm.metric("magpie_hellos_total")).isZero();
      serves(warm);
    }
  }

  @Test
  void a_node_is_alive_and_not_ready_until_it_is_over() throws IOException {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("warm_up_ready");
    int port = freePort();
    CompletableFuture<TestServer> start =
        CompletableFuture.supplyAsync(
            () -> TestServer.on(endpoints, "WARM_UP", "60s", "HTTP_PORT", Integer.toString(port)));
    Deadline.await("it plays", LONG, () -> sessions(endpoints).equals("1"));
    assertThat(status(port, "live")).isEqualTo(200);
    assertThat(status(port, "ready")).isEqualTo(503);

    Deadline.await("it is ready", LONG.multipliedBy(3), () -> status(port, "ready") == 200);
    assertThat(sessions(endpoints)).isEqualTo("0");
    assertThat(log.list)
        .singleElement()
        .satisfies(
            line ->
                assertThat((Integer) line.getKeyValuePairs().get(0).value)
                    .isGreaterThanOrEqualTo(Play.MESSAGES));
    try (TestServer server = start.join()) {
      serves(server);
    }
  }

  @Test
  void one_that_fails_half_way_is_no_obstacle_and_leaves_nothing() {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("warm_up_fails");
    CompletableFuture<TestServer> start =
        CompletableFuture.supplyAsync(() -> TestServer.on(endpoints, "WARM_UP", "60s"));
    Deadline.await("it plays", LONG, () -> sessions(endpoints).equals("1"));
    Jdbc.read(endpoints.postgresUri(), "select count(pg_terminate_backend(pid))" + SESSIONS);

    try (TestServer server = start.join()) {
      assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
      assertThat(server.sql("select count(*) from stream_reader")).isEqualTo("0");
      serves(server);
    }
  }

  /** Without jobs, which a node makes when it comes to it. */
  private static Map<String, Long> rows(TestServer server) {
    Map<String, Long> rows = server.state();
    rows.remove("job");
    return rows;
  }

  private static String sessions(Endpoints endpoints) {
    return Jdbc.read(endpoints.postgresUri(), "select count(*)" + SESSIONS);
  }

  /** 0 while nobody listens. */
  private static int status(int port, String what) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health/" + what).toURL().openConnection();
      connection.setReadTimeout(5_000);
      return connection.getResponseCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void serves(TestServer server) {
    TestUser one = server.user("one");
    TestUser other = server.user("other");
    UUID group = server.group(one, other);
    try (TestClient speaker = server.client(one);
        TestClient listener = server.client(other)) {
      listener.event(group, speaker.say(group, "at last"));
      assertThat(server.metric("magpie_connections_opened_total")).isEqualTo(2);
    }
  }
}
