package io.magpie.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Users of an app and groups of theirs.
 *
 * @param key of the app, to get tokens with
 */
public record Crowd(UUID app, String key, List<Person> people, List<Group> groups) {
  public Crowd {
    people = List.copyOf(people);
    groups = List.copyOf(groups);
  }

  /** Somebody with a token of a session of their own. */
  public record Person(UUID id, String externalId, String name, UUID session, String token) {}

  /** A group. Its owner stays in it for the whole run. */
  public record Group(UUID id, UUID owner, List<UUID> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * Makes them.
   *
   * @param members of each group, its owner included
   */
  public static Crowd make(
      TestHttp http, String adminToken, int people, int groups, int members, long seed) {
    ObjectNode named = Json.object().put("name", "crowd " + UUID.randomUUID());
    JsonNode app = http.send("POST", "/apps", adminToken, named.toString()).ok();
    UUID id = UUID.fromString(app.at("/app/id").textValue());
    String key = app.get("key").textValue();
    List<Person> made = new ArrayList<>();
    for (int i = 1; i <= people; i++) {
      made.add(person(http, id, key, "u" + i));
    }
    Random random = new Random(seed);
    List<Group> rooms = new ArrayList<>();
    for (int i = 1; i <= groups; i++) {
      List<Person> chosen = new ArrayList<>(made);
      Collections.shuffle(chosen, random);
      rooms.add(group(http, "g" + i, chosen.subList(0, members)));
    }
    return new Crowd(id, key, made, rooms);
  }

  private static Person person(TestHttp http, UUID app, String key, String name) {
    String body =
        Json.object()
            .put("externalId", name)
            .put("displayName", name)
            .put("device", "crowd")
            .toString();
    JsonNode tokens = patiently(() -> http.send("POST", "/apps/" + app + "/tokens", key, body));
    return new Person(
        UUID.fromString(tokens.at("/user/id").textValue()),
        name,
        name,
        UUID.fromString(tokens.get("session").textValue()),
        tokens.get("accessToken").textValue());
  }

  /** A crowd is made faster than one key may ask. */
  private static JsonNode patiently(Supplier<TestHttp.Answer> asking) {
    TestHttp.Answer[] answer = {asking.get()};
    Deadline.await(
        "it is not too fast",
        Duration.ofSeconds(30),
        () -> {
          if (answer[0].status() == 429) {
            answer[0] = asking.get();
          }
          return answer[0].status() != 429;
        });
    return answer[0].ok();
  }

  private static Group group(TestHttp http, String name, List<Person> chosen) {
    Person owner = chosen.get(0);
    ObjectNode body = Json.object().put("clientId", UUID.randomUUID().toString());
    body.put("kind", "group").put("name", name);
    ArrayNode others = body.putArray("members");
    chosen.stream().skip(1).forEach(one -> others.add(one.id().toString()));
    JsonNode made = http.send("POST", "/conversations", owner.token(), body.toString()).ok();
    return new Group(
        UUID.fromString(made.get("id").textValue()),
        owner.id(),
        chosen.stream().map(Person::id).toList());
  }

  /** What the driver is told of them. */
  void describe(ObjectNode config) {
    config.putObject("app").put("id", app.toString()).put("key", key);
    ArrayNode users = config.putArray("users");
    for (Person person : people) {
      users
          .addObject()
          .put("id", person.id().toString())
          .put("externalId", person.externalId())
          .put("name", person.name())
          .put("token", person.token());
    }
    ArrayNode conversations = config.putArray("conversations");
    for (Group group : groups) {
      ArrayNode members =
          conversations
              .addObject()
              .put("id", group.id().toString())
              .put("owner", group.owner().toString())
              .putArray("members");
      group.members().forEach(member -> members.add(member.toString()));
    }
  }
}
