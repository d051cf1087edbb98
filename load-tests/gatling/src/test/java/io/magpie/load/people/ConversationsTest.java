package io.magpie.load.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.magpie.load.Crowd;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationsTest {
  private static final List<Person> PEOPLE =
      IntStream.range(0, 10).mapToObj(i -> new Person(i, "p" + i, "id" + i, "")).toList();

  @Test
  void groups_take_people_in_turn_and_begin_again() {
    Crowd crowd = new Crowd(10, 3, 4);
    assertEquals(PEOPLE.subList(0, 4), Conversations.members(PEOPLE, crowd, 0));
    assertEquals(
        List.of(PEOPLE.get(8), PEOPLE.get(9), PEOPLE.get(0), PEOPLE.get(1)),
        Conversations.members(PEOPLE, crowd, 2));
  }

  @Test
  void each_person_knows_their_conversations() {
    Map<Person, List<String>> ids =
        Conversations.byPerson(
            List.of(
                new Conversation("a", PEOPLE.subList(0, 2)),
                new Conversation("b", PEOPLE.subList(1, 3))));
    assertEquals(List.of("a", "b"), ids.get(PEOPLE.get(1)));
    assertEquals(List.of("b"), ids.get(PEOPLE.get(2)));
  }
}
