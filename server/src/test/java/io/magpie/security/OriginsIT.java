package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of other sites can neither open sockets nor use the cookie of a person (S-A01 to S-A05).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginsIT {
  private TestServer server;
  private TestUser wei;
  private String cookie;

  @BeforeAll
  void start() {
    server = TestServer.start("ORIGINS", "https://app.example.com");
    wei = server.member("wei");
    String body =
        Json.object()
            .put("username", "wei")
            .put("password", TestServer.PASSWORD)
            .put("cookie", true)
            .toString();
    HttpResponse<String> login =
        server
            .http()
            .exchange(json("/api/v1/sessions").POST(BodyPublishers.ofString(body)).build());
    String set = login.headers().firstValue("set-cookie").orElseThrow();
    assertThat(set)
        .startsWith("__Host-magpie=")
        .containsIgnoringCase("HttpOnly")
        .contains("Secure", "SameSite=Strict", "Path=/")
        .doesNotContain("Domain");
    cookie = set.split(";")[0];
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpRequest.Builder json(String path) {
    return server.http().request(path).header("Content-Type", "application/json");
  }

  private int upgrade(String more) {
    try (RawSocket socket = RawSocket.to(server.port())) {
      return socket.send(RawSocket.upgradeRequest(server.port(), more)).status();
    }
  }

  /** DNS rebinding: a name that somebody else owns points to this server. */
  @Test
  void a_page_of_a_name_that_merely_points_here_is_refused() {
    String host = "evil.example:" + server.port();
    String request =
        "GET /api/v1/server HTTP/1.1\r\nHost: "
            + host
            + "\r\nOrigin: http://"
            + host
            + "\r\nConnection: close\r\n\r\n";
    try (RawSocket socket = RawSocket.to(server.port())) {
      assertThat(socket.send(request).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://app.example.com.evil.example",
        "https://evilapp.example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com/",
        "null",
        "https://localhost",
        "file://"
      })
  void S_A01_A02_upgrade_from_a_foreign_origin_is_refused(String origin) {
    assertThat(upgrade("Origin: " + origin + "\r\nCookie: " + cookie + "\r\n")).isEqualTo(403);
    HttpRequest request =
        server.http().request("/api/v1/server").header("Origin", origin).GET().build();
    HttpResponse<String> answer = server.http().exchange(request);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @Test
  void S_A01_two_origins_are_refused() {
    assertThat(upgrade("Origin: https://app.example.com\r\nOrigin: https://evil.example\r\n"))
        .isEqualTo(403);
  }

  @Test
  void the_listed_origin_the_own_one_and_programs_may_upgrade() {
    assertThat(upgrade("Origin: https://app.example.com\r\n")).isEqualTo(101);
    assertThat(upgrade("Origin: http://localhost:" + server.port() + "\r\n")).isEqualTo(101);
    assertThat(upgrade("")).isEqualTo(101);
  }

  @Test
  void an_upgrade_to_another_path_or_protocol_is_refused() {
    String good = RawSocket.upgradeRequest(server.port(), "");
    try (RawSocket socket = RawSocket.to(server.port())) {
      assertThat(socket.send(good.replace("/ws", "/other")).status()).isEqualTo(404);
    }
    try (RawSocket socket = RawSocket.to(server.port())) {
      assertThat(socket.send(good.replace("magpie.v1", "magpie.v2")).status()).isEqualTo(400);
    }
  }

  @Test
  void S_A05_a_token_in_the_address_is_refused() {
    String good = RawSocket.upgradeRequest(server.port(), "");
    try (RawSocket socket = RawSocket.to(server.port())) {
      String asked = good.replace("/ws", "/ws?access_token=" + wei.token());
      assertThat(socket.send(asked).status()).isEqualTo(400);
    }
    HttpRequest request =
        server.http().request("/api/v1/me?access_token=" + wei.token()).GET().build();
    assertThat(server.http().exchange(request).statusCode()).isEqualTo(401);
  }

  @Test
  void S_A04_a_cookie_without_the_csrf_header_changes_nothing() {
    HttpRequest.Builder patch =
        json("/api/v1/me")
            .header("Cookie", cookie)
            .method("PATCH", BodyPublishers.ofString("{\"displayName\":\"mallory\"}"));
    assertThat(server.http().exchange(patch.build()).statusCode()).isEqualTo(403);
    HttpRequest form =
        server
            .http()
            .request("/api/v1/conversations")
            .header("Cookie", cookie)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"kind\":\"group\"}"))
            .build();
    assertThat(server.http().exchange(form).statusCode()).isIn(403, 415);
    assertThat(server.http().get(wei, "/me").ok().at("/user/displayName").textValue())
        .isEqualTo("wei");
  }

  @Test
  void S_A04_a_body_that_is_not_json_is_refused_even_with_the_header() {
    HttpRequest form =
        server
            .http()
            .request("/api/v1/conversations")
            .header("Cookie", cookie)
            .header("X-Magpie-Csrf", "1")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"kind\":\"group\"}"))
            .build();
    assertThat(server.http().exchange(form).statusCode()).isEqualTo(415);
  }

  @Test
  void with_cookie_and_header_the_page_works() {
    HttpRequest patch =
        json("/api/v1/me")
            .header("Cookie", cookie)
            .header("X-Magpie-Csrf", "1")
            .method("PATCH", BodyPublishers.ofString("{\"jobTitle\":\"工程师\"}"))
            .build();
    assertThat(server.http().exchange(patch).statusCode()).isEqualTo(200);
  }

  @Test
  void cors_answers_the_listed_origin_and_never_allows_cookies() {
    HttpRequest preflight =
        server
            .http()
            .request("/api/v1/me")
            .header("Origin", "https://app.example.com")
            .header("Access-Control-Request-Method", "GET")
            .method("OPTIONS", BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = server.http().exchange(preflight);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin"))
        .contains("https://app.example.com");
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }
}
