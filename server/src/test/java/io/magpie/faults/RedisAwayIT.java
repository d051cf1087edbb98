package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.TcpProxy;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Redis may be lost at any time: people log in and talk without it. */
class RedisAwayIT {

  @Test
  void people_log_in_and_talk_while_redis_is_down() {
    Endpoints direct = EmbeddedForTests.freshDatabase("redis_away");
    int port = URI.create(direct.redisUri()).getPort();
    try (TcpProxy proxy = TcpProxy.to(port)) {
      Endpoints proxied =
          new Endpoints(
              direct.postgresUri(),
              direct.postgresOwnerUri(),
              direct.redisUri().replace(":" + port + "/", ":" + proxy.port() + "/"));
      try (TestServer server = TestServer.on(proxied)) {
        TestUser wei = server.member("wei");
        UUID group = server.group(wei);
        proxy.down();
        TestUser again = server.login("wei");
        try (TestClient client = server.client(again)) {
          long seq = client.say(group, "without redis");
          client.event(group, seq);
        }
        assertThat(
                server.http().exchange(server.http().request("/health/ready").build()).statusCode())
            .isEqualTo(200);
      }
    }
  }
}
