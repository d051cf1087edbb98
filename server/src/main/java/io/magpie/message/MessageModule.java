package io.magpie.message;

import io.magpie.membership.ChatParts;
import io.magpie.operation.Operations;

/** Operations of messages: {@code message.*} and {@code pin.list}. */
public final class MessageModule {
  private final MessageSending sending;
  private final MessageHistory history;
  private final MessageEditing editing;
  private final Reactions reactions;
  private final Pins pins;
  private final Forwarding forwarding;
  private final Receipts receipts;

  public MessageModule(ChatParts parts, MessageReader reader, MessageLimits limits) {
    MessageActions.register(parts.access());
    this.sending = new MessageSending(parts.writer(), limits);
    this.history = new MessageHistory(reader);
    PinExpiry expiry = new PinExpiry(parts.writer(), parts.jobs());
    expiry.register();
    this.editing =
        new MessageEditing(parts.writer(), parts.access(), expiry, parts.clock(), limits);
    this.reactions = new Reactions(parts.writer());
    this.pins = new Pins(parts.writer(), parts.access(), expiry, limits);
    this.forwarding = new Forwarding(parts.writer(), reader, parts.people());
    this.receipts = new Receipts(reader, parts.database(), parts.people());
  }

  public void register(Operations operations) {
    sending.register(operations);
    history.register(operations);
    editing.register(operations);
    reactions.register(operations);
    pins.register(operations);
    forwarding.register(operations);
    receipts.register(operations);
  }
}
