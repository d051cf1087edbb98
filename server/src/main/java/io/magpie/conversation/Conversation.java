package io.magpie.conversation;

import io.magpie.identity.User;
import io.magpie.message.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code Conversation} of the contract: as one member sees it, true as of event {@code head}. */
public record Conversation(
    UUID id,
    String kind,
    Optional<String> name,
    String announcement,
    Optional<User> peer,
    int memberCount,
    Instant createdAt,
    Instant activeAt,
    long head,
    OwnState me,
    Optional<Message> lastMessage) {

  /** {@code OwnState} of the contract. */
  public record OwnState(
      String role,
      long from,
      long read,
      long delivered,
      int unread,
      int mentions,
      boolean muted,
      boolean pinned,
      boolean archived,
      Optional<Draft> draft) {}

  /** {@code Draft} of the contract. */
  public record Draft(String text, OptionalLong replyTo, Instant at) {}
}
