package io.magpie.load.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.magpie.load.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The server's HTTP API, for preparing a run. Calls wait for their answer. What is refused for a
 * moment (429, 503) is asked again when the server says, for a minute; anything else that is
 * refused is a {@link Problem}, a server that does not answer a {@link Refusal}.
 */
public final class Api {
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public Api(URI server) {
    this.server = server;
  }

  JsonNode get(String path, String token) {
    return call(request(path, token).GET().build());
  }

  JsonNode post(String path, String token, Map<String, ?> body) {
    return call(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text(body)))
            .build());
  }

  /** Of an operation that has no body. */
  JsonNode post(String path, String token) {
    return call(request(path, token).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  JsonNode delete(String path, String token) {
    return call(request(path, token).DELETE().build());
  }

  /** For paths and queries. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1" + path)).timeout(ANSWER);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode call(HttpRequest request) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      HttpResponse<String> answer = answer(request);
      JsonNode body = parsed(answer);
      if (answer.statusCode() < 300) {
        return body;
      }
      long wait = body.path("retryAfterMs").asLong(500);
      boolean later = answer.statusCode() == 429 || answer.statusCode() == 503;
      if (!later || System.nanoTime() + wait * 1_000_000 > deadline) {
        throw new Problem(
            answer.statusCode(),
            body.path("code").asText("?"),
            "%s %s was refused: %s %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    body.path("code").asText(String.valueOf(answer.statusCode())),
                    body.path("detail").asText()));
      }
      pause(wait);
    }
  }

  private HttpResponse<String> answer(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Refusal(
          "Nothing answers at %s (%s). Start the server, or name it with -DbaseUrl=http://host:port."
              .formatted(server, why(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The preparation was interrupted.");
    }
  }

  private static String why(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private JsonNode parsed(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new Refusal(
          "%s answers, but not as a Magpie server (status %d). Is -DbaseUrl right?"
              .formatted(server, answer.statusCode()));
    }
  }

  private static String text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The preparation was interrupted.");
    }
  }
}
