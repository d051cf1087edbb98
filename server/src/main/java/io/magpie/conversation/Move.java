package io.magpie.conversation;

import java.util.UUID;

/**
 * How far a user says to be in a conversation.
 *
 * @param read 0 where only delivery is told
 * @param delivered never behind {@code read}: what was read was delivered
 */
record Move(UUID conversation, long read, long delivered) {
  Move {
    delivered = Math.max(read, delivered);
  }

  /** Whether it tells of reading, not of delivery alone. */
  boolean reads() {
    return read > 0;
  }

  Move and(Move other) {
    return new Move(conversation, Math.max(read, other.read), Math.max(delivered, other.delivered));
  }
}
