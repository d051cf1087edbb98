package io.magpie.message;

import io.magpie.membership.ChatParts;
import io.magpie.operation.Operations;

/** Operations of messages: {@code message.*} and {@code pin.list}. */
public final class MessageModule {
  private final MessageSending sending;
  private final MessageHistory history;

  public MessageModule(ChatParts parts, MessageReader reader, MessageLimits limits) {
    MessageActions.register(parts.access());
    this.sending = new MessageSending(parts.writer(), limits);
    this.history = new MessageHistory(reader);
  }

  public void register(Operations operations) {
    sending.register(operations);
    history.register(operations);
  }
}
