package io.magpie.load.people;

import io.gatling.javaapi.core.ChainBuilder;
import java.util.List;

/** How people are had and how they log in. */
public interface Door {
  /** The first {@code count} people, made where they are missing. */
  List<Person> people(int count);

  /** An access token for preparing something in the name of somebody. */
  String token(Person person);

  /** Virtual user: log in; leaves the access token in {@link #TOKEN}. */
  ChainBuilder logIn();

  /** Virtual user: a fresh access token of the same session. */
  ChainBuilder renew();

  /** Takes back what was only for this run. */
  default void close() {}

  /** Session attribute: the {@link Person}. */
  String PERSON = "person";

  /** Session attribute: the access token. */
  String TOKEN = "token";
}
