package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S-D11: how many sockets without hello a node and an address may hold, and who is exempt. */
class AdmissionIT {

  private static long admitted(TestServer server, int tries) {
    List<RawSocket> open = new ArrayList<>();
    long admitted = 0;
    for (int i = 0; i < tries; i++) {
      RawSocket socket = RawSocket.to(server.port());
      open.add(socket);
      admitted += socket.send(RawSocket.upgradeRequest(server.port(), "")).status() == 101 ? 1 : 0;
    }
    open.forEach(RawSocket::close);
    return admitted;
  }

  @Test
  void S_D11_a_node_has_a_cap_whatever_the_address() {
    try (TestServer server =
        TestServer.start("UNAUTHENTICATED_PER_NODE", "5", "EXEMPT_NETWORKS", "127.0.0.0/8")) {
      assertThat(admitted(server, 12)).isEqualTo(5);
    }
  }

  @Test
  void S_D11_who_is_refused_is_told_why_and_when_to_come_again() throws Exception {
    try (TestServer server = TestServer.start("UNAUTHENTICATED_PER_NODE", "1");
        RawSocket first = RawSocket.upgraded(server.port());
        RawSocket second = RawSocket.to(server.port())) {
      String head = second.send(RawSocket.upgradeRequest(server.port(), "")).head();
      assertThat(head)
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("content-type: application/problem+json")
          .containsIgnoringCase("x-content-type-options: nosniff")
          .containsPattern("(?i)retry-after: [1-5]\r\n");
      JsonNode problem = Json.readObject(second.body(head));
      assertThat(problem.get("code").textValue()).isEqualTo("too_many_connections");
      assertThat(problem.get("retryable").booleanValue()).isTrue();
      assertThat(problem.get("retryAfterMs").longValue()).isBetween(1_000L, 5_000L);
      first.close();
      Deadline.await("a place", () -> server.metric("magpie_connections_unauthenticated") == 0);
      assertThat(second.send(RawSocket.upgradeRequest(server.port(), "")).status())
          .as("the same TCP connection")
          .isEqualTo(101);
    }
  }

  @Test
  void S_D11_an_exempt_network_has_no_cap_of_its_own() {
    try (TestServer server =
        TestServer.start("UNAUTHENTICATED_PER_ADDRESS", "3", "EXEMPT_NETWORKS", "127.0.0.0/8")) {
      assertThat(admitted(server, 12)).isEqualTo(12);
    }
  }

  @Test
  void S_D11_who_is_logged_in_takes_no_place() {
    try (TestServer server = TestServer.start("UNAUTHENTICATED_PER_ADDRESS", "2")) {
      List<TestClient> people = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        people.add(server.client(server.user("人")));
      }
      assertThat(people).noneMatch(TestClient::ended);
      assertThat(admitted(server, 4)).isEqualTo(2);
      people.forEach(TestClient::close);
    }
  }
}
