package io.magpie.load.people;

import java.util.List;

/** A conversation of the run. */
public record Conversation(String id, List<Person> members) {}
