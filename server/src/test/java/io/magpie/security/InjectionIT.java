package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that means something to a browser, a database or a log is text here (I01 to I22). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionIT {
  private TestServer server;
  private TestUser wei;
  private UUID group;

  @BeforeAll
  void start() {
    server = TestServer.start();
    wei = server.user("伟");
    group = server.group(wei);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "' OR 1=1--",
        "\\'; DROP TABLE event;--",
        "%",
        "_",
        "{$gt: ''}",
        "$1",
        "${jndi:ldap://127.0.0.1/a}",
        "e\u0301\u0301\u0301"
      })
  void S_I01_S_I15_text_is_stored_as_it_was_sent(String text) {
    try (TestClient client = server.client(wei)) {
      long seq = client.say(group, text);
      assertThat(client.event(group, seq).at("/data/body/text").textValue()).isEqualTo(text);
      assertThat(
              client
                  .ask("message.get", "{'conversation':'%s','seq':%d}".formatted(group, seq))
                  .at("/body/text")
                  .textValue())
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>组</b>", "\"><script>alert(1)</script>", "{{7*7}}", "' OR '1'='1"})
  void S_I04_names_with_markup_stay_text(String name) {
    try (TestClient client = server.client(wei)) {
      var params = Json.object().put("conversation", group.toString()).put("name", name);
      assertThat(client.reply("conversation.update", params).get("ok").booleanValue()).isTrue();
      assertThat(
              client
                  .ask("conversation.get", "{'conversation':'%s'}".formatted(group))
                  .get("name")
                  .textValue())
          .isEqualTo(name);
    }
    var picture =
        server
            .http()
            .exchange(server.http().request("/api/v1/users/" + wei.id() + "/avatar").build());
    assertThat(picture.headers().firstValue("content-type")).contains("image/svg+xml");
    assertThat(picture.body()).doesNotContain("<script", "onload");
  }

  @Test
  void S_I04_a_picture_made_from_a_name_with_markup_holds_no_markup() {
    TestUser odd = server.user("<script>alert(1)</script>");
    var picture =
        server
            .http()
            .exchange(server.http().request("/api/v1/users/" + odd.id() + "/avatar").build());
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.body()).doesNotContain("<script").contains("</svg>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u202Eb",
        "a\u2066b",
        "a\u200Fb",
        "a\nb",
        "a\rSet-Cookie: x",
        "a\u001b[31mb",
        "a\u2028b",
        "a\u0000b",
        "a\uFEFFb"
      })
  void S_I04_S_I06_names_that_turn_or_break_lines_are_refused(String name) {
    try (TestClient client = server.client(wei)) {
      var params = Json.object().put("conversation", group.toString()).put("name", name);
      assertThat(client.reply("conversation.update", params).at("/error/code").textValue())
          .isEqualTo("invalid_text");
      var profile = Json.object().put("displayName", name);
      assertThat(client.reply("profile.update", profile).at("/error/code").textValue())
          .isEqualTo("invalid_text");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR 1=1--", "%", "_", "\\", "a' union select password_hash from credential--",
        "{1,2}", "[1,2)", "(a+)+$", ".*", "^"
      })
  void S_I15_S_I17_what_looks_like_sql_or_a_pattern_is_searched_literally(String query) {
    server.user("普通人");
    try (TestClient client = server.client(wei)) {
      long begun = System.nanoTime();
      var found = client.reply("user.list", Json.object().put("query", query));
      assertThat(found.at("/result/items")).as(found.toString()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void S_I17_a_pattern_that_explodes_costs_no_time() {
    try (TestClient client = server.client(wei)) {
      long begun = System.nanoTime();
      var params = Json.object().put("query", "a".repeat(50) + "!");
      client.reply("user.list", params);
      client.say(group, "a".repeat(5_000) + "!" + "*_~`[".repeat(500));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?next=%0d%0aSet-Cookie:%20a=b",
        "/%0d%0aSet-Cookie:%20a=b",
        "/api/v1/users/%0d%0aSet-Cookie:a=b",
        "/api/v1/users/%0d%0aSet-Cookie:a=b/avatar",
        "/api/v1/me?%0d%0aSet-Cookie:a=b"
      })
  void S_I20_line_breaks_in_an_address_reach_no_header(String path) {
    var answer =
        server
            .http()
            .exchange(
                server
                    .http()
                    .request(path)
                    .header("Authorization", "Bearer " + wei.token())
                    .build());
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    assertThat(answer.statusCode()).isIn(200, 400, 404);
  }

  @Test
  void S_I22_a_parameter_given_twice_is_refused() {
    UUID foreign = server.group(server.user("娜"));
    var http = server.http();
    assertThat(http.get(wei, "/users?limit=1&limit=2").code()).isEqualTo("bad_request");
    assertThat(
            http.get(wei, "/conversations/" + group + "/messages?conversation=" + foreign).code())
        .isIn("bad_request", "unknown_field");
    String body =
        Json.object()
            .put("conversation", foreign.toString())
            .put("clientId", UUID.randomUUID().toString())
            .set("body", Json.object().put("type", "text").put("text", "x"))
            .toString();
    assertThat(http.send("POST", "/conversations/" + group + "/messages", wei.token(), body).code())
        .isIn("bad_request", "unknown_field");
  }

  @Test
  void a_query_that_cannot_be_decoded_is_refused() {
    for (String query : new String[] {"limit=%zz", "limit=%", "query=%ff%fe", "query=%ed%a0%80"}) {
      try (var socket = RawSocket.to(server.port())) {
        socket.send(
            "GET /api/v1/users?"
                + query
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + wei.token()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(socket.head()).as(query).startsWith("HTTP/1.1 400");
      }
    }
  }
}
