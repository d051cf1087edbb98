package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S-D13: one user may hold ten sockets; the oldest gives way to a new one. */
class SocketsPerUserIT {

  @Test
  void S_D13_the_eleventh_socket_closes_the_oldest() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(server.client(wei));
      }
      assertThat(clients).noneMatch(TestClient::ended);
      TestClient eleventh = server.client(wei);
      assertThat(clients.get(0).closed(Duration.ofSeconds(5))).isEqualTo(4403);
      assertThat(clients.subList(1, 10)).noneMatch(TestClient::ended);
      assertThat(eleventh.ask("profile.get", "{}")).isNotNull();
      assertThat(server.metric("magpie_connections")).isEqualTo(10);
      clients.forEach(TestClient::close);
      eleventh.close();
    }
  }

  @Test
  void S_D13_two_hundred_sockets_of_one_user_leave_ten() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      TestUser other = server.user("娜");
      List<TestClient> clients = new ArrayList<>();
      try (TestClient bystander = server.client(other)) {
        for (int i = 0; i < 200; i++) {
          clients.add(server.client(wei));
        }
        Deadline.await(
            "ten are left",
            Duration.ofSeconds(15),
            () -> clients.stream().filter(c -> !c.ended()).count() == 10);
        assertThat(bystander.ask("profile.get", "{}")).isNotNull();
        assertThat(bystander.ended()).isFalse();
      }
      clients.forEach(TestClient::close);
    }
  }
}
