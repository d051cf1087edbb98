package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.RedisForTests;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class EmbeddedRedisIT {
  private final Endpoints endpoints = EmbeddedForTests.endpoints();

  @Test
  void answers_our_client_and_keeps_nothing_on_disk(Vertx vertx, VertxTestContext context) {
    Redis redis = Redis.createClient(vertx, EmbeddedForTests.redisAdminUri());
    redis
        .send(Request.cmd(Command.CONFIG).arg("GET").arg("*"))
        .onComplete(
            context.succeeding(
                configuration ->
                    context.verify(
                        () -> {
                          assertThat(configuration.get("appendonly").toString()).isEqualTo("no");
                          assertThat(configuration.get("save").toString()).isEmpty();
                          assertThat(configuration.get("bind").toString()).isEqualTo("127.0.0.1");
                          assertThat(configuration.get("maxmemory-policy").toString())
                              .isEqualTo("noeviction");
                          context.completeNow();
                        })));
  }

  /** R11 of the traps: who gets hold of a node's password can neither configure nor read others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONFIG GET *",
        "EVAL return(1) 0",
        "KEYS *",
        "DEBUG SLEEP 1",
        "FLUSHALL",
        "CLIENT LIST",
        "ACL LIST",
        "GET other",
        "PUBLISH other x",
        "SUBSCRIBE other"
      })
  void a_node_may_do_what_it_needs_and_no_more(String command) {
    try (RedisForTests redis = RedisForTests.connect(endpoints.redisUri())) {
      assertThat(redis.ask(command.split(" "))).startsWith("-NOPERM");
    }
  }

  @Test
  void refuses_whoever_has_no_password(Vertx vertx, VertxTestContext context) {
    String open = "redis://127.0.0.1:" + URI.create(endpoints.redisUri()).getPort();
    Redis.createClient(vertx, open)
        .send(Request.cmd(Command.GET).arg("key"))
        .onComplete(
            context.failing(
                refused ->
                    context.verify(
                        () -> {
                          assertThat(refused).hasMessageContaining("NOAUTH");
                          context.completeNow();
                        })));
  }
}
