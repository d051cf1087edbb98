package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F31: two nodes whose own clocks are wrong by an hour, each in another direction, and jump. */
class ClocksApartIT {
  private static final String OFFSET = "magpie.clock-offset";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(OFFSET);
  }

  @Test
  void nobody_is_logged_out_by_a_clock_that_is_wrong() throws IOException {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("clocks_apart");
    try (TestServer fast = server(endpoints, "fast", "PT1H");
        TestServer slow = server(endpoints, "slow", "-PT1H")) {
      TestUser wei = fast.user("伟");
      TestUser na = slow.user("娜");
      UUID group = fast.group(wei, na);
      try (TestClient one = fast.client(wei);
          TestClient two = slow.client(wei);
          TestClient three = fast.client(na);
          TestClient four = slow.client(fast.again(wei, "phone"));
          TestClient five = fast.client(slow.again(na, "phone"))) {
        jump("fast", "-PT1H");
        jump("slow", "PT1H");
        Deadline.await("the jump is seen", Duration.ofSeconds(5), () -> ahead(slow) > 3_000);
        assertThat(ahead(fast)).isLessThan(-3_000);
        usable(fast, one, wei, group);
        usable(slow, two, wei, group);
        usable(fast, three, na, group);
        usable(slow, four, wei, group);
        usable(fast, five, na, group);
        assertThat(List.of(one, two, three, four, five)).noneMatch(TestClient::ended);
      }
    }
  }

  private static void usable(TestServer server, TestClient client, TestUser user, UUID group) {
    client.say(group, "on time");
    assertThat(server.http().get(user, "/conversations/" + group).status()).isEqualTo(200);
  }

  private static double ahead(TestServer server) {
    return server.metric("magpie_clock_ahead_seconds");
  }

  private TestServer server(Endpoints endpoints, String name, String offset) throws IOException {
    System.setProperty(OFFSET, folder.resolve(name).toString());
    jump(name, offset);
    return TestServer.on(endpoints);
  }

  private void jump(String name, String offset) throws IOException {
    Path next = Files.writeString(folder.resolve(name + ".new"), offset);
    Files.move(
        next,
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
