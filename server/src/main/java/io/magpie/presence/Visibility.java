package io.magpie.presence;

import io.magpie.access.Access;
import io.magpie.access.Action;
import io.magpie.access.Actor;
import io.magpie.access.Decision;
import io.magpie.access.Role;
import io.magpie.membership.People;
import io.magpie.membership.SharedConversations;
import io.magpie.membership.SharedConversations.Pair;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whose presence somebody sees: people of the house everybody's, a guest that of people in the same
 * conversation now (S-Z22).
 */
final class Visibility {
  private static final Action<Subject> READ = new Action<>("presence.read", Subject.class);

  private final Access access;
  private final People people;
  private final SharedConversations conversations;

  /** Somebody who exists, and whether the actor is in a conversation with them. */
  private record Subject(UUID user, boolean sharing) {}

  Visibility(Access access, People people, SharedConversations conversations) {
    this.access = access;
    this.people = people;
    this.conversations = conversations;
    access.rule(READ, Visibility::rule);
  }

  private static Decision rule(Actor actor, Subject subject) {
    return actor instanceof Actor.User user && (unlimited(user) || subject.sharing())
        ? Decision.ALLOW
        : Decision.HIDE;
  }

  /** Whether the user sees everybody. */
  static boolean unlimited(Actor.User user) {
    return !user.roles().equals(Set.of(Role.GUEST));
  }

  /** Those of the users who exist and are visible, in their order. */
  Future<List<UUID>> visible(Actor.User actor, Collection<UUID> users) {
    Future<Set<Pair>> sharing =
        unlimited(actor)
            ? Future.succeededFuture(Set.of())
            : sharing(users.stream().map(user -> new Pair(actor.id(), user)).toList());
    return sharing.compose(
        pairs -> people.byIds(users).map(known -> visible(actor, users, known, pairs)));
  }

  private List<UUID> visible(
      Actor.User actor, Collection<UUID> users, Map<UUID, ?> known, Set<Pair> sharing) {
    return users.stream()
        .filter(known::containsKey)
        .filter(
            user -> {
              Subject subject = new Subject(user, sharing.contains(new Pair(actor.id(), user)));
              return access.decide(actor, READ, subject) == Decision.ALLOW;
            })
        .toList();
  }

  /** Those pairs that are in a conversation together now. */
  Future<Set<Pair>> sharing(Collection<Pair> pairs) {
    return conversations.sharing(pairs);
  }
}
