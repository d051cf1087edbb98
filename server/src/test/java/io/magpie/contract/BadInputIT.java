package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.ContractSchemas;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of every operation with every odd value, over both transports: a stable code of the
 * 4xx kind, the field named, nothing stored, the connection usable (the list of bad input;
 * S-I09, S-I15).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private static final Set<String> CODES =
      Set.of(
          "bad_request",
          "unknown_field",
          "missing_field",
          "invalid_field",
          "invalid_text",
          "text_too_long",
          "invalid_utf8",
          "not_found",
          "method_not_allowed");

  private TestServer server;
  private TestUser admin;
  private GoodParams good;
  private String appKey;

  @BeforeAll
  void start() {
    server = TestServer.start();
    admin = server.admin();
    UUID group = server.group(admin, server.user("娜"));
    try (TestClient client = server.client(admin)) {
      good = new GoodParams(group, admin.id(), client.say(group, "something to point at"));
    }
    appKey = server.http().post(admin, "/apps", "{'name':'bad'}").ok().get("key").textValue();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<String> requests() {
    List<String> ops = new ArrayList<>();
    ContractSchemas.asyncapi().get("x-magpie-requests").fieldNames().forEachRemaining(ops::add);
    return ops.stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void over_websocket(String op) {
    String params = ContractSchemas.request(op, "params");
    SoftAssertions soft = new SoftAssertions();
    Map<String, Long> before = server.state();
    try (TestClient client = server.client(admin)) {
      for (BadValue bad : BadValue.of(params, good.of(params))) {
        JsonNode reply = client.get(client.startText(op, bad.json()));
        soft.assertThat(reply.path("ok").booleanValue()).as(bad.what() + reply).isFalse();
        String code = reply.at("/error/code").asText();
        soft.assertThat(CODES).as(bad.what() + " " + reply).contains(code);
        if (!code.equals("not_found")) {
          soft.assertThat(reply.at("/error/field").asText())
              .as(op + " " + bad.what())
              .startsWith(bad.field());
        }
      }
      assertThat(client.ask("profile.get", "{}")).isNotNull();
    }
    soft.assertThat(server.state()).isEqualTo(before);
    soft.assertAll();
  }

  static Stream<Arguments> paths() {
    List<Arguments> operations = new ArrayList<>();
    ContractSchemas.openapi()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> method.getValue().has("x-magpie-params"))
                    .forEach(
                        method ->
                            operations.add(
                                Arguments.of(
                                    method.getValue().get("operationId").textValue(),
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paths")
  void over_http(String op, String method, String path, JsonNode operation) {
    String params = operation.at("/x-magpie-params/$ref").textValue();
    SoftAssertions soft = new SoftAssertions();
    Map<String, Long> before = server.state();
    for (BadValue bad : BadValue.of(params, good.of(params))) {
      HttpResponse<String> answer = send(method, path, operation, bad);
      if (answer == null) {
        continue; // a value that has no form in an address
      }
      soft.assertThat(answer.statusCode()).as(bad.what() + answer.body()).isBetween(400, 499);
      soft.assertThat(answer.headers().firstValue("content-type"))
          .as(bad.what())
          .contains("application/problem+json");
      JsonNode problem = Json.readOwn(answer.body());
      soft.assertThat(CODES).as(op + " " + bad.what() + problem).contains(code(problem));
    }
    soft.assertThat(server.state()).isEqualTo(before);
    soft.assertAll();
  }

  private static String code(JsonNode problem) {
    return problem.get("code").textValue();
  }

  private HttpResponse<String> send(String method, String path, JsonNode operation, BadValue bad) {
    ObjectNode params;
    try {
      params = Json.readOwn(bad.json());
    } catch (IllegalStateException e) {
      return null;
    }
    String address = path;
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.get("name").textValue();
      JsonNode value = params.remove(name);
      boolean inPath = parameter.get("in").textValue().equals("path");
      if (value == null && !inPath) {
        continue;
      }
      if (value == null || name.equals(bad.field()) && !hasForm(value, parameter)) {
        return null;
      }
      String encoded =
          URLEncoder.encode(value.asText(), StandardCharsets.UTF_8).replace("+", "%20");
      if (inPath) {
        address = address.replace("{" + name + "}", encoded);
      } else {
        query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(encoded);
      }
    }
    if (address.length() + query.length() > 7_000) {
      return null;
    }
    boolean body = operation.has("requestBody");
    if (!body && !params.isEmpty()) {
      params
          .properties()
          .forEach(
              field ->
                  query.append(query.isEmpty() ? "?" : "&").append(field.getKey()).append("=1"));
    }
    HttpRequest.Builder request =
        server
            .http()
            .request("/api/v1" + address + query)
            .method(method, body ? BodyPublishers.ofString(text(params)) : BodyPublishers.noBody());
    if (body) {
      request.header("Content-Type", "application/json");
    }
    authorise(request, operation);
    return server.http().exchange(request.build());
  }

  /** Escapes survive as they were written: a tree turns lone surrogates into question marks. */
  private static String text(ObjectNode params) {
    StringBuilder ascii = new StringBuilder();
    params
        .toString()
        .chars()
        .forEach(
            c -> {
              if (c < 0x7f) {
                ascii.append((char) c);
              } else {
                ascii.append("\\u%04x".formatted(c));
              }
            });
    return ascii.toString();
  }

  private void authorise(HttpRequest.Builder request, JsonNode operation) {
    JsonNode security = operation.path("security");
    if (security.isMissingNode()) {
      request.header("Authorization", "Bearer " + admin.token());
    } else if (!security.isEmpty()) {
      request.header("Authorization", "Bearer " + appKey);
    }
  }

  /** In an address everything is text, so only texts that are bad as such can be sent. */
  private static boolean hasForm(JsonNode value, JsonNode parameter) {
    return value.isTextual()
        && !value.textValue().isEmpty()
        && !value.textValue().equals("1")
        && StreamSupport.stream(value.spliterator(), false).findAny().isEmpty()
        && value.textValue().chars().noneMatch(c -> Character.isSurrogate((char) c))
        && !parameter.get("name").textValue().equals("externalId");
  }
}
