package io.magpie.app;

import io.magpie.app.config.Limits;
import io.magpie.conversation.ConversationModule;
import io.magpie.identity.User;
import io.magpie.identity.UserDirectory;
import io.magpie.membership.ChatParts;
import io.magpie.membership.MembershipLimits;
import io.magpie.membership.People;
import io.magpie.membership.Person;
import io.magpie.message.MessageLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Puts the features on the platform and tells them of one another. */
final class Features {
  private Features() {}

  static void conversations(Core core, UserDirectory users, Limits limits) {
    new ConversationModule(
            new ChatParts(
                core.database(),
                core.writer(),
                core.access(),
                people(users),
                core.fanout(),
                core.clock()),
            new MembershipLimits(limits.conversations().members()),
            new MessageLimits(
                limits.messages().codePoints(),
                limits.messages().bytes(),
                limits.messages().editWindow(),
                limits.messages().recallWindow()))
        .register(core.operations());
  }

  private static People people(UserDirectory users) {
    return ids ->
        users
            .byIds(ids)
            .map(
                found -> {
                  Map<UUID, Person> people = new HashMap<>();
                  found.forEach((id, user) -> people.put(id, person(user)));
                  return people;
                });
  }

  private static Person person(User user) {
    return new Person(
        user.id(),
        user.username(),
        user.displayName(),
        user.kind(),
        user.department(),
        user.jobTitle(),
        user.avatar(),
        user.disabled());
  }
}
