package io.magpie.load.people;

/**
 * Somebody whom a virtual user plays.
 *
 * @param number from 0, in the order of the run
 * @param name with which they log in: a user name, or the external id at the app
 * @param id on the server
 * @param secret the password; empty where an app key speaks for them
 */
public record Person(int number, String name, String id, String secret) {
  @Override
  public String toString() {
    return name; // Never the password: Gatling logs sessions that crash.
  }
}
