package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.ForgedTokens;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that were tampered with (S-A07 to S-A13) open nothing, over HTTP and over WebSocket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttacksIT {
  private TestServer server;
  private TestUser victim;

  @BeforeAll
  void start() {
    server = TestServer.start();
    victim = server.member("victim");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  Stream<Arguments> forged() {
    return ForgedTokens.of(victim).entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void S_A07_to_A13_a_forged_token_is_refused_with_401_and_4401(String what, String token) {
    var answer = server.http().send("GET", "/me", token, null);
    assertThat(answer.status()).as(what).isEqualTo(401);
    assertThat(answer.code()).isIn("unauthenticated", "token_expired", "session_revoked");
    try (TestClient client = TestClient.connect(server)) {
      client.send(Json.object().put("type", "hello").put("token", token));
      int code = client.closed(Duration.ofSeconds(8));
      // Longer than the schema allows: not even a frame of the protocol.
      assertThat(code).isEqualTo(token.length() > 2_048 ? 4400 : 4401);
    }
  }

  @Test
  void S_A11_within_the_leeway_of_60_s_a_token_is_taken() {
    String expired = ForgedTokens.signed(victim, c -> c.put("exp", ForgedTokens.in(-55)));
    String early = ForgedTokens.signed(victim, c -> c.put("nbf", ForgedTokens.in(57)));
    assertThat(server.http().send("GET", "/me", expired, null).status()).isEqualTo(200);
    assertThat(server.http().send("GET", "/me", early, null).status()).isEqualTo(200);
  }

  @Test
  void S_A12_a_refresh_token_or_an_app_key_is_no_access_token() {
    String body =
        Json.object().put("username", "victim").put("password", TestServer.PASSWORD).toString();
    String refresh =
        server.http().send("POST", "/sessions", null, body).ok().get("refreshToken").textValue();
    assertThat(server.http().send("GET", "/me", refresh, null).status()).isEqualTo(401);
    String key =
        server.http().post(server.admin(), "/apps", "{'name':'a12'}").ok().get("key").textValue();
    assertThat(server.http().send("GET", "/me", key, null).status()).isEqualTo(401);
    try (TestClient client = TestClient.connect(server)) {
      client.send(Json.object().put("type", "hello").put("token", key));
      assertThat(client.closed(Duration.ofSeconds(8))).isEqualTo(4401);
    }
  }

  @Test
  void S_A14_a_session_id_that_the_client_brings_is_not_used() {
    String body =
        Json.object().put("username", "victim").put("password", TestServer.PASSWORD).toString();
    String fixed = "5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a";
    var request =
        server
            .http()
            .request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .header("Cookie", "__Host-magpie=" + fixed)
            .header("X-Magpie-Csrf", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = TestHttp.check("POST", "/sessions", server.http().exchange(request));
    assertThat(answer.ok().get("session").textValue()).isNotEqualTo(fixed);
    assertThat(server.login("victim").session()).isNotEqualTo(server.login("victim").session());
    assertThat(
            server
                .http()
                .send(
                    "POST", "/sessions", null, body.replace("{", "{\"session\":\"" + fixed + "\","))
                .code())
        .isEqualTo("unknown_field");
  }

  @Test
  void a_wrong_clock_of_the_client_changes_nothing() {
    var request =
        server
            .http()
            .request("/api/v1/me")
            .header("Authorization", "Bearer " + victim.token())
            .header("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
            .GET()
            .build();
    assertThat(server.http().exchange(request).statusCode()).isEqualTo(200);
    try (TestClient client = server.client(victim)) {
      var group = server.group(victim);
      var params = Json.object().put("conversation", group.toString());
      params.put("clientId", UUID.randomUUID().toString());
      params.put("at", "1970-01-01T00:00:00Z");
      params.putObject("body").put("type", "text").put("text", "x");
      assertThat(client.reply("message.send", params).at("/error/code").textValue())
          .isEqualTo("unknown_field");
      long seq = client.say(group, "now");
      String at = client.event(group, seq).get("at").textValue();
      assertThat(Duration.between(Instant.parse(at), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }
}
