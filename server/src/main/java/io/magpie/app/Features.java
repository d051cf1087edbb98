package io.magpie.app;

import io.magpie.app.config.Limits;
import io.magpie.conversation.ConversationModule;
import io.magpie.identity.UserDirectory;
import io.magpie.membership.ChatParts;
import io.magpie.membership.MembershipLimits;
import io.magpie.message.MessageLimits;

/** Puts the features on the platform and tells them of one another. */
final class Features {
  private Features() {}

  static void conversations(Core core, UserDirectory users, Limits limits) {
    new ConversationModule(
            new ChatParts(
                core.database(),
                core.writer(),
                core.access(),
                users::byIds,
                core.fanout(),
                core.jobs(),
                core.clock()),
            new MembershipLimits(limits.conversations().members()),
            new MessageLimits(
                limits.messages().codePoints(),
                limits.messages().bytes(),
                limits.messages().editWindow(),
                limits.messages().recallWindow(),
                MessageLimits.DEFAULT.pins()))
        .register(core.operations());
  }
}
