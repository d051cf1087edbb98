package io.magpie.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Makes people and conversations through the public API. People belong to an app, so that one
 * request makes one and gives a token, without a password to hash. Sixteen requests at a time.
 */
final class MagpieApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 16;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final String url;

  MagpieApi(int port) {
    url = "http://127.0.0.1:" + port + "/api/v1";
  }

  /** Somebody, with a token that is good for a day. */
  record Person(String id, String token) {}

  /** Makes people who are not there yet. */
  List<Person> people(String adminPassword, int count) {
    ObjectNode login = JSON.createObjectNode().put("username", "admin");
    String admin =
        post("/sessions", "", login.put("password", adminPassword))
            .join()
            .get("accessToken")
            .asText();
    JsonNode made = post("/apps", admin, JSON.createObjectNode().put("name", "bench")).join();
    String path = "/apps/" + made.at("/app/id").asText() + "/tokens";
    String key = made.get("key").asText();
    return all(
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        post(
                            path,
                            key,
                            JSON.createObjectNode()
                                .put("externalId", "u" + i)
                                .put("displayName", "User " + i)))
                .toList())
        .stream()
        .map(
            tokens ->
                new Person(tokens.at("/user/id").asText(), tokens.get("accessToken").asText()))
        .toList();
  }

  /**
   * Makes a conversation of each of these circles; their first members make them.
   *
   * @return their ids
   */
  List<String> conversations(List<List<Person>> circles) {
    return all(circles.stream().map(this::conversation).toList()).stream()
        .map(made -> made.get("id").asText())
        .toList();
  }

  private CompletableFuture<JsonNode> conversation(List<Person> circle) {
    ObjectNode params = JSON.createObjectNode().put("clientId", UUID.randomUUID().toString());
    boolean direct = circle.size() == 2;
    params.put("kind", direct ? "direct" : "group");
    if (!direct) {
      params.put("name", "Bench");
    }
    circle.stream().skip(1).forEach(person -> params.withArray("members").add(person.id()));
    return post("/conversations", circle.get(0).token(), params);
  }

  private static List<JsonNode> all(Collection<CompletableFuture<JsonNode>> asked) {
    return new ArrayList<>(asked.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<JsonNode> post(String path, String bearer, ObjectNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    free.acquireUninterruptibly();
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .whenComplete((response, failure) -> free.release())
        .thenApply(response -> read(path, response));
  }

  private static JsonNode read(String path, HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path + " answered " + response.statusCode() + ": " + response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
