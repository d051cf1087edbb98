package io.magpie.conversation;

import io.magpie.fanout.ReaderRule;
import io.magpie.membership.ChatParts;
import io.magpie.membership.Joining;
import io.magpie.membership.MembershipLimits;
import io.magpie.membership.MembershipModule;
import io.magpie.membership.MembershipReaderRule;
import io.magpie.membership.Seats;
import io.magpie.message.MessageLimits;
import io.magpie.message.MessageModule;
import io.magpie.message.MessageReader;
import io.magpie.operation.Operations;

/** Wires the chat: conversations, their members and their messages. */
public final class ConversationModule {
  private final MembershipModule membership;
  private final MessageModule messages;
  private final ConversationOperations conversations;
  private final OwnStateOperations ownState;
  private final PositionOperations positions;
  private final PositionList positionList;
  private final Typing typing;
  private final ReaderRule readerRule = new MembershipReaderRule();

  public ConversationModule(
      ChatParts parts, MembershipLimits membershipLimits, MessageLimits messageLimits) {
    Joining joining = new Joining(parts.people());
    MessageReader reader = new MessageReader(parts.database());
    this.membership = new MembershipModule(parts, joining, membershipLimits);
    this.messages = new MessageModule(parts, reader, messageLimits);
    this.conversations =
        new ConversationOperations(
            new ConversationService(parts.writer(), parts.access(), joining, membershipLimits),
            new ConversationReader(parts.database(), parts.people()),
            membershipLimits);
    this.ownState = new OwnStateOperations(parts.writer());
    this.positions = new PositionOperations(parts.database(), parts.writer(), parts.signals());
    this.positionList = new PositionList(parts.database());
    this.typing = new Typing(new Seats(parts.database()), parts.signals(), parts.clock());
  }

  /** Adds the operations of all three to the table. */
  public ConversationModule register(Operations operations) {
    membership.register(operations);
    messages.register(operations);
    conversations.register(operations);
    ownState.register(operations);
    positions.register(operations);
    positionList.register(operations);
    typing.register(operations);
    return this;
  }

  /** Which events open and close conversations for users. */
  public ReaderRule readerRule() {
    return readerRule;
  }
}
