package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** S-A26: what a client says about its own address counts only behind a trusted proxy. */
class ForwardedHeadersIT {

  private static String seenAddress(TestServer server, TestUser user) {
    var request =
        server
            .http()
            .request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
            .header("X-User-Id", "1")
            .header("Forwarded", "for=203.0.113.9")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"username\":\"wei\",\"password\":\"" + TestServer.PASSWORD + "\"}"))
            .build();
    assertThat(server.http().exchange(request).statusCode()).isEqualTo(201);
    return server.sql("select address from session order by created_at desc limit 1");
  }

  @Test
  void S_A26_forwarding_headers_from_anybody_are_ignored() {
    try (TestServer server = TestServer.start()) {
      assertThat(seenAddress(server, server.member("wei"))).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void S_A26_behind_a_trusted_proxy_the_last_untrusted_hop_is_the_client() {
    try (TestServer server = TestServer.start("TRUSTED_PROXIES", "127.0.0.1/32")) {
      assertThat(seenAddress(server, server.member("wei"))).isEqualTo("198.51.100.7");
    }
  }
}
