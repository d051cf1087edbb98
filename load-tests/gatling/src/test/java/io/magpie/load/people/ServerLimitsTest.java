package io.magpie.load.people;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.magpie.load.Crowd;
import io.magpie.load.Plan;
import io.magpie.load.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {
  private static final ServerLimits LIMITS = new ServerLimits(500, 4_000, 20);

  private static void refused(Plan plan, String part) {
    Refusal refusal = assertThrows(Refusal.class, () -> LIMITS.check(plan));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static Plan plan(Crowd crowd, double rate, int bytes) {
    Duration minute = Duration.ofMinutes(1);
    return new Plan(URI.create("http://localhost"), crowd, minute, minute, rate, bytes);
  }

  @Test
  void a_plan_within_the_limits_is_taken() {
    LIMITS.check(plan(Crowd.of(500, 1), 100, 4_000));
  }

  @Test
  void a_plan_beyond_them_names_the_setting() {
    refused(plan(Crowd.of(501, 1), 1, 200), "MAGPIE_GROUP_MEMBERS=501");
    refused(plan(Crowd.of(10, 1), 1, 4_001), "MAGPIE_MESSAGE_BYTES");
    refused(plan(Crowd.of(10, 1), 100, 200), "MAGPIE_FRAMES_PER_SECOND");
  }

  @Test
  void a_server_that_is_not_there_is_named() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Api api = new Api(URI.create("http://127.0.0.1:" + port));
    Refusal refusal = assertThrows(Refusal.class, () -> ServerLimits.of(api));
    assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("-DbaseUrl"), refusal.getMessage());
  }
}
