package io.magpie.app.demo;

import io.magpie.app.config.Secret;
import io.magpie.app.embedded.DataDirectory;
import io.magpie.identity.IdentityModule;
import io.magpie.identity.User;
import io.magpie.operation.Operations;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The demo people with passwords that are random for each data directory, or all the same where the
 * settings say so. They and their group are made at the first start; later starts leave them as
 * they are, so a password that somebody changed stays changed.
 */
public final class Demo {
  private final List<Person> people;
  private final boolean fixed;

  private Demo(List<Person> people, boolean fixed) {
    this.people = people;
    this.fixed = fixed;
  }

  /** Reads or makes the passwords, without touching the database. */
  public static Demo of(DataDirectory directory, Optional<Secret> fixedPassword) {
    return new Demo(DemoPasswords.of(directory.root(), fixedPassword), fixedPassword.isPresent());
  }

  /** Everybody with this password, on a database of one's own. */
  public static Demo with(Secret password) {
    return new Demo(DemoPasswords.all(password), true);
  }

  /** Makes whoever is missing, and what they said. */
  public Future<Void> create(IdentityModule identity, Operations operations) {
    Future<List<User>> made = Future.succeededFuture(new ArrayList<>());
    for (Person person : people) {
      made =
          made.compose(
              users ->
                  one(identity, person)
                      .map(
                          user -> {
                            users.add(user);
                            return users;
                          }));
    }
    return made.compose(users -> new DemoConversation(operations, users).create());
  }

  /** A fixed password is set at every start, a random one only for who is missing. */
  private Future<User> one(IdentityModule identity, Person person) {
    return identity
        .users()
        .byUsername(person.user().username())
        .compose(
            found ->
                found.isPresent() && !fixed
                    ? Future.succeededFuture(found.get())
                    : identity.createWithPassword(person.user(), person.password()));
  }

  /** Who can log in. */
  public List<Person> people() {
    return people;
  }
}
