package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers that browsers need to hear on every answer (S-I12 to S-I14), and what is public (L09).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerHeadersIT {
  private TestServer server;
  private TestUser wei;

  @BeforeAll
  void start() {
    server = TestServer.start();
    wei = server.user("伟");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) {
    return server
        .http()
        .exchange(
            server.http().request(path).header("Authorization", "Bearer " + wei.token()).build());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1/me",
        "/api/v1/server",
        "/api/v1/nothing",
        "/api/v1/me?x=1",
        "/contract/openapi.json",
        "/health/live",
        "/nothing.js",
        "/ws",
        "/metrics"
      })
  void S_I12_all_answers_forbid_frames_sniffing_and_foreign_content(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(header(answer, "content-security-policy"))
        .contains("default-src", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "x-frame-options")).isEqualTo("DENY");
    assertThat(header(answer, "cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(answer.headers().firstValue("x-powered-by")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/me", "/api/v1/conversations", "/api/v1/sessions", "/api/v1/no"})
  void S_I13_what_is_for_one_person_is_never_kept_by_a_cache(String path) {
    assertThat(header(get(path), "cache-control")).isEqualTo("no-store");
  }

  @Test
  void S_I14_answers_are_json_and_reflect_no_callback() {
    HttpResponse<String> answer = get("/api/v1/me?callback=alert");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    assertThat(header(get("/api/v1/me"), "content-type")).isEqualTo("application/json");
    assertThat(get("/api/v1/me").body()).startsWith("{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/health",
        "/health/",
        "/health/details",
        "/debug",
        "/actuator/health",
        "/management/metrics",
        "/contract/../metrics",
        "/contract/schemas/common.yaml",
        "/api/v1/../../metrics",
        "/%6detrics",
        "/%2e%2e/metrics",
        "/assets/%2e%2e/%2e%2e/x",
        "/web/index.html",
        "/db/migration/V202611220000__streams.sql",
        "/META-INF/MANIFEST.MF"
      })
  void S_L09_nothing_of_the_operators_is_on_the_public_port(String path) {
    HttpResponse<String> answer = get(path);
    boolean page = header(answer, "content-type").startsWith("text/html");
    assertThat(answer.statusCode() == 404 || page).as(path + answer.statusCode()).isTrue();
    assertThat(answer.body()).doesNotContain("magpie_", "jvm_", "postgres", "create table");
  }

  @Test
  void S_L09_health_says_no_more_than_up() {
    assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void S_L09_the_api_page_and_the_contract_are_public_and_can_be_switched_off() {
    assertThat(get("/api").statusCode()).isEqualTo(200);
    assertThat(get("/contract/asyncapi.json").statusCode()).isEqualTo(200);
    assertThat(get("/contract/errors.json").statusCode()).isEqualTo(200);
    try (TestServer closed = TestServer.start("API_PAGE", "off")) {
      for (String path : new String[] {"/api", "/contract/openapi.json"}) {
        assertThat(closed.http().exchange(closed.http().request(path).build()).statusCode())
            .isEqualTo(404);
      }
    }
  }

  @Test
  void a_method_that_is_not_there_gets_405_and_a_foreign_path_404() {
    assertThat(server.http().send("PUT", "/me", wei.token(), "{}").code())
        .isEqualTo("method_not_allowed");
    assertThat(server.http().send("GET", "/nothing", wei.token(), null).code())
        .isEqualTo("not_found");
    assertThat(server.http().send("TRACE", "/me", wei.token(), null).status()).isIn(404, 405);
  }
}
