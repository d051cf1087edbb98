package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of an open socket when its token or session ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensOnOpenSocketsIT {
  private TestServer server;

  @BeforeAll
  void start() {
    server = TestServer.start("ACCESS_TOKEN_TTL", "10s", "TOKEN_LEEWAY", "1s");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void S_A18_a_socket_whose_token_expires_is_warned_and_closed_with_4401() {
    TestUser wei = server.member("a18");
    try (TestClient client = server.client(wei)) {
      JsonNode warning = client.await("warning", f -> TestClient.type(f).equals("token_expiring"));
      assertThat(warning.get("expiresAt")).isEqualTo(client.welcome().get("expiresAt"));
      assertThat(client.closed(Duration.ofSeconds(20))).isEqualTo(4401);
      JsonNode error = client.await("reason", f -> TestClient.type(f).equals("error"));
      assertThat(error.at("/error/code").textValue()).isEqualTo("token_expired");
    }
    try (TestClient late = TestClient.connect(server)) {
      late.text("{\"type\":\"hello\",\"token\":\"" + wei.token() + "\"}");
      assertThat(late.closed(Duration.ofSeconds(5))).isEqualTo(4401);
    }
  }

  @Test
  void a_fresh_token_keeps_the_socket_open() {
    TestUser wei = server.user("伟");
    try (TestClient client = server.client(wei)) {
      String first = client.welcome().get("expiresAt").textValue();
      client.await("warning", f -> TestClient.type(f).equals("token_expiring"));
      Deadline.await("a later token", () -> renewed(client, server.again(wei, "test"), first));
      Deadline.await(
          "the first token is over",
          Duration.ofSeconds(15),
          () -> Instant.now().isAfter(Instant.parse(first).plusSeconds(2)));
      assertThat(client.ask("profile.get", "{}")).isNotNull();
    }
  }

  private static boolean renewed(TestClient client, TestUser fresh, String first) {
    String expiry =
        client
            .ask("session.reauth", "{'token':'%s'}".formatted(fresh.token()))
            .get("expiresAt")
            .textValue();
    return Instant.parse(expiry).isAfter(Instant.parse(first).plusSeconds(3));
  }

  @Test
  void S_A19_reauth_with_the_token_of_somebody_else_closes_with_1008() {
    TestUser wei = server.user("伟");
    TestUser na = server.user("娜");
    try (TestClient client = server.client(wei)) {
      client.start("session.reauth", Json.object().put("token", na.token()));
      assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(1008);
    }
  }

  @Test
  void S_A19_reauth_with_another_session_of_the_same_user_closes_with_1008() {
    TestUser wei = server.user("伟");
    TestUser phone = server.again(wei, "phone");
    assertThat(phone.session()).isNotEqualTo(wei.session());
    try (TestClient client = server.client(wei)) {
      client.start("session.reauth", Json.object().put("token", phone.token()));
      assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(1008);
    }
  }

  @Test
  void reauth_with_rubbish_is_refused_and_the_socket_stays() {
    TestUser wei = server.user("伟");
    try (TestClient client = server.client(wei)) {
      assertThat(client.refusal("session.reauth", "{'token':'rubbish'}"))
          .isEqualTo("unauthenticated");
      assertThat(client.ask("profile.get", "{}")).isNotNull();
    }
  }

  @Test
  void S_A15_logout_closes_the_socket_within_a_second_and_nothing_after_it_is_done() {
    TestUser wei = server.member("a15");
    TestUser other = server.login("a15");
    var group = server.group(wei);
    try (TestClient client = server.client(wei);
        TestClient stays = server.client(other)) {
      long begun = System.nanoTime();
      server.http().send("DELETE", "/sessions/current", wei.token(), null).ok();
      var late = client.say(group, UUID.randomUUID(), "after the logout");
      assertThat(client.closed(Duration.ofSeconds(3))).isEqualTo(4401);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      assertThat(
              late.handle((reply, failure) -> reply == null || !reply.get("ok").booleanValue())
                  .join())
          .isTrue();
      assertThat(stays.ask("profile.get", "{}")).isNotNull();
      assertThat(server.sql("select head from stream where id = '" + group + "'")).isEqualTo("1");
    }
    assertThat(server.http().send("GET", "/me", wei.token(), null).status()).isEqualTo(401);
  }
}
