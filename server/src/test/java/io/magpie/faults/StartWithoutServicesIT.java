package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.magpie.testkit.proxy.TcpProxy;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** F41: a node that starts before what it needs waits for it, and says so when it waits in vain. */
class StartWithoutServicesIT {

  @Test
  void a_node_waits_for_postgresql_and_serves_when_it_is_there() throws Exception {
    try (ProxiedDatabase database = new ProxiedDatabase()) {
      database.proxy().down();
      CompletableFuture<TestServer> starting =
          CompletableFuture.supplyAsync(() -> TestServer.on(database.endpoints()));
      assertThatThrownBy(() -> starting.get(1, TimeUnit.SECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      database.proxy().up();
      try (TestServer server = starting.get(60, TimeUnit.SECONDS)) {
        assertThat(
                server.http().exchange(server.http().request("/health/ready").build()).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_node_that_waits_in_vain_says_for_what() {
    try (ProxiedDatabase database = new ProxiedDatabase()) {
      database.proxy().down();
      assertThatThrownBy(() -> TestServer.on(database.endpoints(), "POSTGRES_START_PATIENCE", "1s"))
          .isInstanceOfSatisfying(
              StartFailure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo("database-away");
                assertThat(failure).hasMessageContaining("cannot be reached");
              });
    }
  }

  @Test
  void a_node_starts_and_serves_without_redis() {
    Endpoints direct = EmbeddedForTests.freshDatabase("start_no_redis");
    int port = URI.create(direct.redisUri()).getPort();
    try (TcpProxy redis = TcpProxy.to(port)) {
      redis.down();
      Endpoints proxied =
          new Endpoints(
              direct.postgresUri(),
              direct.postgresOwnerUri(),
              direct.redisUri().replace(":" + port + "/", ":" + redis.port() + "/"));
      try (TestServer server = TestServer.on(proxied)) {
        TestUser wei = server.user("wei");
        UUID group = server.group(wei);
        try (TestClient client = server.client(wei)) {
          client.event(group, client.say(group, "hello"));
        }
      }
    }
  }
}
