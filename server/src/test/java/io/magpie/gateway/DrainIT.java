package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
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
}
