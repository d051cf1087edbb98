package io.magpie.membership;

import io.magpie.stream.ReaderRole;
import java.util.UUID;

/**
 * A user's present place in a conversation.
 *
 * @param from first event of the present membership
 * @param members how many are in the conversation now
 */
public record Seat(
    UUID conversation, UUID user, ConversationKind kind, ReaderRole role, long from, int members) {

  /** Whether this is a group in which the user has at least that role. */
  public boolean groupRole(ReaderRole least) {
    return kind == ConversationKind.GROUP && role.atLeast(least);
  }
}
