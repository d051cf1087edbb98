package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server that stops says so, and what it acked is there when it is back. */
class DrainIT {

  @Test
  void clients_are_told_to_go_and_find_everything_after_the_restart() {
    TestServer first = TestServer.start();
    TestUser wei = first.user("伟");
    UUID group = first.group(wei);
    long seq;
    UUID epoch;
    try (TestClient client = first.client(wei)) {
      seq = client.say(group, "before the restart");
      epoch = client.epoch();
      Thread closing = new Thread(first::close);
      closing.start();
      JsonNode goAway = client.await("go_away", f -> TestClient.type(f).equals("go_away"));
      assertThat(goAway.get("reason").textValue()).isEqualTo("shutdown");
      assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(1012);
      Deadline.await("the server has stopped", Duration.ofSeconds(20), () -> !closing.isAlive());
    }
    try (TestServer second = TestServer.on(first.endpoints());
        TestClient client = TestClient.connect(second)) {
      client.resume(wei, epoch, Map.of(group, seq - 1));
      assertThat(client.event(group, seq).at("/data/body/text").textValue())
          .isEqualTo("before the restart");
      assertThat(client.epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void many_are_told_in_batches_and_who_was_not_told_yet_is_served() {
    try (TestServer server =
        TestServer.start("HELLOS_PER_SECOND", "20", "HELLOS_BURST", "100", "DRAIN_TIME", "6s")) {
      TestUser wei = server.user("伟");
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(server.client(i == 0 ? wei : server.user("人")));
      }
      Future<Void> drained = server.application().drain();
      assertThat(server.application().drain()).isSameAs(drained);
      Deadline.await("the first is told", () -> clients.stream().anyMatch(DrainIT::told));
      assertThat(clients).anyMatch(client -> !told(client));
      TestClient untold = clients.stream().filter(c -> !told(c)).reduce((a, b) -> b).orElseThrow();
      String answer = untold.refusal("profile.get", "{}");
      assertThat(answer).isIn("done", "shutting_down");
      assertThat(RawSocket.to(server.port()).send(upgrade(server)).status()).isEqualTo(503);
      server.http().get(wei, "/me").ok();
      Deadline.await("all are gone", Duration.ofSeconds(8), drained::isComplete);
      for (TestClient client : clients) {
        assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(1012);
        client.close();
      }
      assertThat(server.metric("magpie_draining")).isEqualTo(1);
      assertThat(server.metric("magpie_connections")).isZero();
    }
  }

  private static String upgrade(TestServer server) {
    return RawSocket.upgradeRequest(server.port(), "");
  }

  private static boolean told(TestClient client) {
    return client.frames().stream().anyMatch(f -> TestClient.type(f).equals("go_away"));
  }

  @Test
  void during_the_delay_a_node_is_not_ready_and_serves() throws Exception {
    try (TestServer server = TestServer.start("DRAIN_DELAY", "2s");
        TestClient client = server.client(server.user("伟"))) {
      Future<Void> drained = server.application().drain();
      assertThat(ready(server)).isEqualTo(503);
      client.ask("profile.get", "{}");
      try (TestClient late = server.client(server.user("娜"))) {
        late.ask("profile.get", "{}");
        assertThat(told(client)).isFalse();
        client.await("go_away", f -> TestClient.type(f).equals("go_away"));
        Deadline.await("all are gone", Duration.ofSeconds(8), drained::isComplete);
      }
    }
  }

  private static int ready(TestServer server) throws Exception {
    URI uri =
        URI.create("http://localhost:" + server.application().managementPort() + "/health/ready");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
