package io.magpie.app;

import io.magpie.app.config.Limits;
import io.magpie.conversation.ConversationModule;
import io.magpie.identity.UserDirectory;
import io.magpie.membership.ChatParts;
import io.magpie.membership.MembershipLimits;
import io.magpie.message.MessageLimits;
import io.magpie.presence.PresenceModule;

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

  /** Blocks until it follows the others. */
  static PresenceModule presence(Core core, UserDirectory users) {
    PresenceModule presence =
        new PresenceModule(
            new PresenceModule.Parts(
                core.vertx(),
                core.database(),
                core.writer(),
                core.jobs(),
                core.lease(),
                core.broadcast(),
                core.access(),
                users::byIds,
                core.clock()));
    presence.register(core.operations());
    presence.bindTo(core.metrics());
    Waiting.on(presence.start());
    return presence;
  }
}
