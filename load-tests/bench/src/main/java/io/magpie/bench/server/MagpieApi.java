package io.magpie.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

  /** People that one request may name. */
  private static final int NAMED_AT_ONCE = 500;

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

  /**
   * Everything that is written in a conversation after a number, as one of its members reads it.
   *
   * @return pages of {@code message.history}, as they came
   */
  List<String> history(String conversation, String token, long after) {
    List<String> pages = new ArrayList<>();
    boolean more = true;
    for (long seq = after; more; ) {
      String path = "/conversations/%s/messages?after=%d&limit=200".formatted(conversation, seq);
      JsonNode page = get(path, token).join();
      pages.add(page.get("items").toString());
      more = page.get("hasAfter").asBoolean();
      seq = page.get("items").path(page.get("items").size() - 1).path("seq").asLong(seq);
    }
    return pages;
  }

  private CompletableFuture<JsonNode> conversation(List<Person> circle) {
    ObjectNode params = JSON.createObjectNode().put("clientId", UUID.randomUUID().toString());
    boolean direct = circle.size() == 2;
    params.put("kind", direct ? "direct" : "group");
    if (!direct) {
      params.put("name", "Bench");
    }
    int first = Math.min(circle.size(), NAMED_AT_ONCE);
    name(params.putArray("members"), circle.subList(1, first));
    CompletableFuture<JsonNode> made = post("/conversations", circle.get(0).token(), params);
    return made.thenApply(conversation -> invite(conversation, circle, first));
  }

  private static void name(ArrayNode list, List<Person> people) {
    people.forEach(person -> list.add(person.id()));
  }

  /** The others of a big group, one request after the other. */
  private JsonNode invite(JsonNode conversation, List<Person> circle, int from) {
    for (int next = from; next < circle.size(); next += NAMED_AT_ONCE) {
      ObjectNode params = JSON.createObjectNode();
      int to = Math.min(circle.size(), next + NAMED_AT_ONCE);
      name(params.putArray("users"), circle.subList(next, to));
      String path = "/conversations/" + conversation.get("id").asText() + "/members";
      post(path, circle.get(0).token(), params).join();
    }
    return conversation;
  }

  private static List<JsonNode> all(Collection<CompletableFuture<JsonNode>> asked) {
    return new ArrayList<>(asked.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<JsonNode> post(String path, String bearer, ObjectNode body) {
    return ask(
        path,
        bearer,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private CompletableFuture<JsonNode> get(String path, String bearer) {
    return ask(path, bearer, HttpRequest.newBuilder().GET());
  }

  private CompletableFuture<JsonNode> ask(String path, String bearer, HttpRequest.Builder request) {
    request.uri(URI.create(url + path));
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
