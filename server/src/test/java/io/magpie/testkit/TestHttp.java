package io.magpie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * REST calls. Every answer is held against the OpenAPI document: status, media type, schema, and
 * the headers that all answers must have.
 */
public final class TestHttp {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final String origin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param origin scheme, host and port
   */
  public TestHttp(String origin) {
    this.origin = origin;
  }

  /** An answer that is as the contract says. */
  public record Answer(int status, HttpResponse<String> response, JsonNode body) {
    /** The body of a success. */
    public JsonNode ok() {
      assertThat(status).as(String.valueOf(body)).isBetween(200, 299);
      return body;
    }

    /** The code of a refusal, {@code done} if it was none. */
    public String code() {
      return status < 400 ? "done" : body.get("code").textValue();
    }
  }

  public Answer get(TestUser user, String path) {
    return send("GET", path, user.token(), null);
  }

  /**
   * With a JSON body.
   *
   * @param body with single quotes for double ones
   */
  public Answer post(TestUser user, String path, String body) {
    return send("POST", path, user.token(), body.replace('\'', '"'));
  }

  /**
   * Any call of the API.
   *
   * @param path below {@code /api/v1}
   * @param token null for none
   * @param body null for none
   */
  public Answer send(String method, String path, String token, String body) {
    HttpRequest.Builder request = request("/api/v1" + path);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return check(method, path, exchange(request.build()));
  }

  /** A request to be completed. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin + path)).timeout(DEADLINE);
  }

  /** Sends as it is; only the headers of all answers are checked. */
  public HttpResponse<String> exchange(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertHeaders(response);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertHeaders(HttpResponse<?> response) {
    for (Map.Entry<String, String> header :
        Map.of("x-content-type-options", "nosniff", "referrer-policy", "no-referrer").entrySet()) {
      assertThat(response.headers().firstValue(header.getKey()))
          .as(header.getKey() + " of " + response.uri())
          .contains(header.getValue());
    }
    assertThat(response.headers().firstValue("content-security-policy")).isPresent();
  }

  /** Holds an answer of the API against the contract. */
  public static Answer check(String method, String path, HttpResponse<String> response) {
    String type = response.headers().firstValue("content-type").orElse("none");
    JsonNode body = Json.readOwn(response.body());
    if (response.statusCode() >= 400) {
      assertThat(type).isEqualTo("application/problem+json");
      assertThat(ContractSchemas.faults("urn:magpie:v1:common#/$defs/Problem", body)).isEmpty();
      assertThat(body.get("status").intValue()).isEqualTo(response.statusCode());
      JsonNode error = ContractSchemas.errors().get(body.get("code").textValue());
      assertThat(error).as(body.toString()).isNotNull();
      assertThat(error.get("status").intValue()).isEqualTo(response.statusCode());
    } else {
      JsonNode promised = operation(method, path).get("responses");
      JsonNode success = promised.get(String.valueOf(response.statusCode()));
      assertThat(success).as(method + " " + path + " " + response.statusCode()).isNotNull();
      assertThat(type).isEqualTo("application/json");
      JsonNode schema = success.at("/content/application~1json/schema");
      assertThat(ContractSchemas.faults(schema, body)).as(body.toString()).isEmpty();
    }
    assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    return new Answer(response.statusCode(), response, body);
  }

  /** The operation that the contract has for a path. */
  public static JsonNode operation(String method, String path) {
    String plain = path.split("\\?", 2)[0];
    JsonNode found = null;
    for (Iterator<Map.Entry<String, JsonNode>> paths =
            ContractSchemas.openapi().get("paths").properties().iterator();
        paths.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = paths.next();
      JsonNode operation = entry.getValue().get(method.toLowerCase(Locale.ROOT));
      String form = entry.getKey().replaceAll("\\{\\w+}", "[^/]+");
      if (operation != null
          && Pattern.matches(form, plain)
          && (found == null || entry.getKey().equals(plain))) {
        found = operation;
      }
    }
    assertThat(found).as(method + " " + path + " in the contract").isNotNull();
    return found;
  }
}
