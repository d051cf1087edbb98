package io.magpie.load.scenario;

import io.magpie.load.Plan;
import io.magpie.load.Settings;
import io.magpie.load.people.Conversation;
import io.magpie.load.people.Conversations;
import io.magpie.load.people.Door;
import io.magpie.load.people.Person;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a scenario has to work with. Conversations are made when a scenario asks for them, before
 * the run.
 */
public record Run(
    Plan plan, Settings settings, Door door, List<Person> people, Conversations conversations) {
  /** Session attribute: a list of the ids of this person's conversations. */
  static final String CONVERSATIONS = "conversations";

  /** Session attribute: the ids of the people of the first of them, without oneself. */
  static final String MATES = "mates";

  List<Conversation> groups() {
    return conversations.groups(people, plan.crowd());
  }

  List<Conversation> pairs() {
    return conversations.pairs(people);
  }

  /** One record for each of these people, in order: the person and what they are in. */
  Iterator<Map<String, Object>> feeder(List<Person> these, List<Conversation> all) {
    Map<Person, List<String>> ids = Conversations.byPerson(all);
    return these.stream()
        .map(
            person ->
                Map.<String, Object>of(
                    Door.PERSON,
                    person,
                    CONVERSATIONS,
                    ids.getOrDefault(person, List.of()),
                    MATES,
                    mates(person, all)))
        .iterator();
  }

  private static List<String> mates(Person person, List<Conversation> all) {
    return all.stream()
        .map(Conversation::members)
        .filter(members -> members.contains(person))
        .findFirst()
        .orElse(List.of())
        .stream()
        .filter(mate -> !mate.equals(person))
        .map(Person::id)
        .toList();
  }
}
