package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Bystander;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is no frame of the protocol: named, survived four times, closed at the fifth (I09). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameFaultsIT {
  private TestServer server;
  private Bystander bystander;
  private TestUser wei;

  @BeforeAll
  void start() {
    server = TestServer.start();
    bystander = new Bystander(server);
    wei = server.user("伟");
  }

  @AfterAll
  void stop() {
    bystander.assertUndisturbed();
    bystander.close();
    server.close();
  }

  static Stream<Arguments> faults() {
    String deep =
        "{\"type\":\"request\",\"id\":1,\"op\":\"a.b\",\"params\":" + "{\"a\":".repeat(40);
    StringBuilder keys = new StringBuilder("{\"type\":\"heartbeat\"");
    for (int i = 0; i < 1_500; i++) {
      keys.append(",\"k").append(i).append("\":1");
    }
    return Stream.of(
        Arguments.of("no JSON", "rubbish", ""),
        Arguments.of("nothing", "", ""),
        Arguments.of("a list", "[]", ""),
        Arguments.of("a number", "1", ""),
        Arguments.of("null", "null", ""),
        Arguments.of("two objects", "{\"type\":\"heartbeat\"}{}", ""),
        Arguments.of("a key twice", "{\"type\":\"heartbeat\",\"type\":\"heartbeat\"}", ""),
        Arguments.of("no type", "{}", "type"),
        Arguments.of("an unknown type", "{\"type\":\"shutdown\"}", "type"),
        Arguments.of("a type that is a number", "{\"type\":1}", "type"),
        Arguments.of("an unknown field", "{\"type\":\"heartbeat\",\"x\":1}", "x"),
        Arguments.of("a request without id", "{\"type\":\"request\",\"op\":\"a.b\"}", "id"),
        Arguments.of("an id as text", request("\"1\""), "id"),
        Arguments.of("an id with a point", request("1.0"), "id"),
        Arguments.of("an id with an exponent", request("1e3"), "id"),
        Arguments.of("a negative id", request("-1"), "id"),
        Arguments.of("an id of 2^63", request("9223372036854775808"), "id"),
        Arguments.of("an id of 70 digits", request("1".repeat(70)), ""),
        Arguments.of("NaN", request("NaN"), ""),
        Arguments.of("no id but null", request("null"), "id"),
        Arguments.of("an op in upper case", "{\"type\":\"request\",\"id\":1,\"op\":\"A.B\"}", "op"),
        Arguments.of(
            "params that are a list",
            "{\"type\":\"request\",\"id\":1,\"op\":\"a.b\",\"params\":[]}",
            "params"),
        Arguments.of("S-D08 too deep", deep + "1" + "}".repeat(41), ""),
        Arguments.of("S-D08 too many keys", keys + "}", ""),
        Arguments.of("S-D08 never closed", "[".repeat(60_000), ""));
  }

  private static String request(String id) {
    return "{\"type\":\"request\",\"id\":" + id + ",\"op\":\"profile.get\"}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void S_I09_a_frame_that_is_none_is_answered_with_its_fault(
      String what, String text, String field) {
    try (TestClient client = server.client(wei)) {
      client.text(text);
      JsonNode error = client.await("error", f -> TestClient.type(f).equals("error"));
      assertThat(error.get("close").booleanValue()).isFalse();
      assertThat(error.at("/error/field").asText("")).as(what).isEqualTo(field);
      assertThat(error.at("/error/code").textValue())
          .isIn("bad_request", "missing_field", "invalid_field", "unknown_field", "bad_frame");
      assertThat(client.ask("profile.get", "{}")).isNotNull();
    }
  }

  @Test
  void S_I09_the_fifth_fault_closes_with_4400() {
    try (TestClient client = server.client(wei)) {
      for (int i = 0; i < 4; i++) {
        client.text("rubbish " + i);
      }
      assertThat(client.ask("profile.get", "{}")).isNotNull();
      client.text("rubbish at last");
      assertThat(client.closed(Duration.ofSeconds(8))).isEqualTo(4400);
    }
  }

  @Test
  void an_unknown_operation_is_refused_by_its_reply() {
    try (TestClient client = server.client(wei)) {
      assertThat(client.refusal("no.such", "{}")).isEqualTo("unknown_operation");
      assertThat(client.refusal("session.create", "{}")).isEqualTo("unknown_operation");
      assertThat(client.refusal("app.token", "{}")).isEqualTo("unknown_operation");
    }
  }

  @Test
  void S_D09_keys_that_collide_cost_no_time() {
    StringBuilder text = new StringBuilder("{\"type\":\"request\",\"id\":5,\"op\":\"profile.get\"");
    text.append(",\"params\":{");
    for (int i = 0; i < 900; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append(i == 0 ? "" : ",").append('"').append(key).append("\":1");
    }
    try (TestClient client = server.client(wei)) {
      client.ask("profile.get", "{}");
      long begun = System.nanoTime();
      client.text(text + "}}");
      client.await("reply", f -> f.path("id").asLong() == 5);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
    } catch (AssertionError contract) {
      // the reply belongs to no request of the client, which is as it was sent
      assertThat(contract.getMessage()).contains("a reply to nothing");
    }
  }
}
