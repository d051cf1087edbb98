package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.TestServer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Passwords at the edge (S-A21 to S-A25); timing and throttling are proved in identity's tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginEdgeIT {
  private TestServer server;

  @BeforeAll
  void start() {
    server = TestServer.start();
    server.member("wei");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private TestHttp.Answer login(String username, String password) {
    String body = Json.object().put("username", username).put("password", password).toString();
    return server.http().send("POST", "/sessions", null, body);
  }

  @Test
  void S_A22_unknown_user_and_wrong_password_get_the_same_bytes() {
    TestHttp.Answer unknown = login("nobody", "wrong password");
    TestHttp.Answer wrong = login("wei", "wrong password");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
    assertThat(unknown.response().headers().map().keySet())
        .isEqualTo(wrong.response().headers().map().keySet());
  }

  @Test
  void S_A23_a_password_of_a_megabyte_is_refused_before_it_is_hashed() {
    long begun = System.nanoTime();
    var request =
        server
            .http()
            .request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"username\":\"wei\",\"password\":\"" + "x".repeat(1 << 20) + "\"}"))
            .build();
    int status;
    try {
      status = server.http().exchange(request).statusCode();
    } catch (UncheckedIOException closedWhileSending) {
      status = 413;
    }
    assertThat(status).isEqualTo(413);
    assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
    assertThat(login("wei", "x".repeat(5_000)).status()).isEqualTo(400);
    assertThat(login("wei", "a\u0000b").status()).isEqualTo(400);
    assertThat(login("wei", TestServer.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void S_A25_nobody_is_there_at_the_first_start_and_no_default_password_works() {
    try (TestServer fresh = TestServer.start()) {
      assertThat(fresh.sql("select count(*) from app_user")).isEqualTo("0");
      assertThat(fresh.application().demo()).isEmpty();
      for (String password : new String[] {"admin", "password", "magpie", "magpie-demo-1"}) {
        String body = Json.object().put("username", "admin").put("password", password).toString();
        assertThat(fresh.http().send("POST", "/sessions", null, body).code())
            .isEqualTo("wrong_credentials");
      }
    }
  }

  @Test
  void a_second_tab_has_its_own_session_and_both_get_what_is_sent() {
    var one = server.login("wei");
    var two = server.login("wei");
    var group = server.group(one);
    try (var first = server.client(one);
        var second = server.client(two)) {
      long seq = first.say(group, "in both tabs");
      first.event(group, seq);
      second.event(group, seq);
      assertThat(first.seqs(group)).containsExactly(seq);
      assertThat(second.seqs(group)).containsExactly(seq);
    }
  }
}
