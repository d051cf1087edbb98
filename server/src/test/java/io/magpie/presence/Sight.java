package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one client sees of others: everything that came, by answers and signals, in its order. */
final class Sight {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final TestClient client;

  Sight(TestClient client) {
    this.client = client;
  }

  /** Watches, and gives the answer. */
  JsonNode watch(TestUser... users) {
    return client.ask("presence.watch", "{'users':[" + ids(users) + "]}").get("presences");
  }

  static String ids(TestUser... users) {
    return Arrays.stream(users).map(user -> "'" + user.id() + "'").collect(Collectors.joining(","));
  }

  /** Every presence of the user that came. */
  List<JsonNode> all(TestUser user) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode frame : client.frames()) {
      switch (TestClient.type(frame)) {
        case "reply" -> frame.at("/result/presences").forEach(one -> add(all, one, user));
        case "signals" ->
            frame.get("signals").forEach(signal -> add(all, signal.path("presence"), user));
        default -> {}
      }
    }
    return all;
  }

  private static void add(List<JsonNode> all, JsonNode presence, TestUser user) {
    if (presence.path("user").asText().equals(user.id().toString())) {
      all.add(presence);
    }
  }

  /** The newest; the versions of all that came go up. */
  Optional<JsonNode> now(TestUser user) {
    List<JsonNode> all = all(user);
    long version = 0;
    for (JsonNode one : all) {
      assertThat(one.get("version").longValue()).as("%s", all).isGreaterThanOrEqualTo(version);
      version = one.get("version").longValue();
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Waits until the user is shown so. */
  JsonNode await(TestUser user, String state) {
    return await(user, state, PATIENCE);
  }

  JsonNode await(TestUser user, String state, Duration within) {
    Deadline.await(
        user.name() + " " + state + ", but " + all(user),
        within,
        () -> now(user).filter(one -> one.get("state").textValue().equals(state)).isPresent());
    return now(user).orElseThrow();
  }

  /** Waits for a status; an empty text for none. */
  void awaitStatus(TestUser user, String text) {
    Deadline.await(
        "status " + text,
        PATIENCE,
        () -> now(user).map(one -> one.at("/status/text").asText()).orElse("?").equals(text));
  }

  List<String> states(TestUser user) {
    return all(user).stream().map(one -> one.get("state").textValue()).toList();
  }
}
