package io.magpie.load.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.load.Crowd;
import io.magpie.load.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Makes the conversations of a run. A group's {@code clientId} is computed from its number and its
 * members: the same run again gets the same groups, by the promise that a repeated request has one
 * effect.
 */
public final class Conversations {
  /** Most people in one request. */
  private static final int BATCH = 500;

  private final Api api;
  private final Door door;

  public Conversations(Api api, Door door) {
    this.api = api;
    this.door = door;
  }

  /** Groups of consecutive people, beginning again with the first one after the last. */
  public List<Conversation> groups(List<Person> people, Crowd crowd) {
    List<Integer> numbers = IntStream.range(0, crowd.groups()).boxed().toList();
    return Parallel.map(numbers, number -> group(number, members(people, crowd, number)));
  }

  static List<Person> members(List<Person> people, Crowd crowd, int group) {
    int first = group * crowd.groupSize();
    return IntStream.range(first, first + crowd.groupSize())
        .mapToObj(i -> people.get(i % people.size()))
        .toList();
  }

  /** Direct conversations: the first with the second, the third with the fourth … */
  public List<Conversation> pairs(List<Person> people) {
    List<List<Person>> all = new ArrayList<>();
    for (int i = 0; i + 1 < people.size(); i += 2) {
      all.add(List.of(people.get(i), people.get(i + 1)));
    }
    return Parallel.map(all, this::pair);
  }

  /** The ids of each person's conversations. */
  public static Map<Person, List<String>> byPerson(List<Conversation> conversations) {
    Map<Person, List<String>> ids = new HashMap<>();
    for (Conversation conversation : conversations) {
      for (Person member : conversation.members()) {
        ids.computeIfAbsent(member, one -> new ArrayList<>()).add(conversation.id());
      }
    }
    return ids;
  }

  private Conversation pair(List<Person> two) {
    Map<String, Object> ask = new TreeMap<>(Map.of("kind", "direct", "members", ids(two, 1, 2)));
    return made(ask, two, door.token(two.get(0)));
  }

  private Conversation group(int number, List<Person> members) {
    String token = door.token(members.get(0));
    int first = Math.min(BATCH, members.size());
    Map<String, Object> ask = new TreeMap<>();
    ask.put("kind", "group");
    ask.put("name", "Load group %d (%d)".formatted(number + 1, members.size()));
    ask.put("members", ids(members, 1, first));
    Conversation made = made(ask, members, token);
    for (int from = first; from < members.size(); from += BATCH) {
      add(made, ids(members, from, Math.min(from + BATCH, members.size())), token);
    }
    return made;
  }

  private Conversation made(Map<String, Object> ask, List<Person> members, String token) {
    String key = members.get(0).id() + ask;
    ask.put("clientId", UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
    try {
      JsonNode made = api.post("/conversations", token, ask);
      return new Conversation(made.path("id").asText(), members);
    } catch (Problem e) {
      throw refusal(e);
    }
  }

  private void add(Conversation group, List<String> users, String token) {
    try {
      api.post("/conversations/" + group.id() + "/members", token, Map.of("users", users));
    } catch (Problem e) {
      throw refusal(e);
    }
  }

  private static List<String> ids(List<Person> people, int from, int to) {
    return people.subList(from, to).stream().map(Person::id).toList();
  }

  private static Refusal refusal(Problem e) {
    return new Refusal("The conversations of the run cannot be made: " + e.getMessage());
  }
}
