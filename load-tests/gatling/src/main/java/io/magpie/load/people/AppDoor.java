package io.magpie.load.people;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.Refusal;
import io.magpie.load.protocol.Names;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Tokens by an app key, as another back end gets them for its people: {@code load-1}, {@code
 * load-2}, … are made at their first token and found again by later runs of the same app.
 */
final class AppDoor implements Door {
  private static final String NAME = "gatling";

  private final Api api;
  private final String app;
  private final String key;
  private final Runnable end;

  private AppDoor(Api api, String app, String key, Runnable end) {
    this.api = api;
    this.app = app;
    this.key = key;
    this.end = end;
  }

  /** With a key that the person who tests has. */
  static Door of(Api api, String app, String key) {
    return new AppDoor(api, app, key, () -> {});
  }

  /** With a key for this run, of the app {@code gatling}; the key is revoked at the end. */
  static Door made(Api api, Supplier<String> admin) {
    try {
      JsonNode secret = secret(api, admin.get());
      String app = secret.path("app").path("id").asText();
      String keyPath = "/apps/" + app + "/keys/" + newest(secret.path("app").path("keys"));
      String key = secret.path("key").asText();
      // A run may last longer than the admin's token.
      return new AppDoor(api, app, key, () -> api.delete(keyPath, admin.get()));
    } catch (Problem e) {
      throw new Refusal(
          "The app of the load test cannot be made; -Dadmin must be a super admin. "
              + e.getMessage());
    }
  }

  private static JsonNode secret(Api api, String adminToken) {
    for (JsonNode app : api.get("/apps?limit=200", adminToken).path("items")) {
      if (app.path("name").asText().equals(NAME)) {
        return api.post("/apps/" + app.path("id").asText() + "/keys", adminToken);
      }
    }
    return api.post("/apps", adminToken, Map.of("name", NAME));
  }

  private static String newest(JsonNode keys) {
    return StreamSupport.stream(keys.spliterator(), false)
        .max(Comparator.comparing(key -> Instant.parse(key.path("createdAt").asText())))
        .orElseThrow()
        .path("id")
        .asText();
  }

  @Override
  public List<Person> people(int count) {
    return Parallel.map(IntStream.range(0, count).boxed().toList(), this::person);
  }

  private Person person(int number) {
    String name = "load-" + (number + 1);
    JsonNode answer = grant(name);
    return new Person(number, name, answer.path("user").path("id").asText(), "");
  }

  @Override
  public String token(Person person) {
    return grant(person.name()).path("accessToken").asText();
  }

  private JsonNode grant(String name) {
    try {
      return api.post("/apps/" + app + "/tokens", key, ask(name));
    } catch (Problem e) {
      if (e.status() == 401 || e.status() == 403) {
        throw new Refusal("The server refuses -DappId and -DappKey: " + e.getMessage());
      }
      throw e;
    }
  }

  private static Map<String, String> ask(String name) {
    return Map.of("externalId", name, "displayName", "Load " + name, "device", "gatling");
  }

  @Override
  public ChainBuilder logIn() {
    return LogIn.until(token(Names.LOG_IN));
  }

  @Override
  public ChainBuilder renew() {
    return LogIn.until(token(Names.RENEW));
  }

  private ActionBuilder token(String name) {
    return http(name)
        .post("/api/v1/apps/" + app + "/tokens")
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .body(StringBody(AppDoor::body))
        .check(
            status().in(200, 429, 503).saveAs(LogIn.STATUS),
            jsonPath("$.accessToken").optional().saveAs(TOKEN));
  }

  private static String body(Session session) {
    Person person = session.get(PERSON);
    return "{\"externalId\":\"%s\",\"displayName\":\"Load %1$s\",\"device\":\"gatling\"}"
        .formatted(person.name());
  }

  @Override
  public void close() {
    end.run();
  }
}
