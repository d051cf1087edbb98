package io.magpie.fanout;

import java.util.function.Consumer;

/**
 * Short hints to all other nodes, by Redis: quick, signed, and any of them may be lost. Whoever
 * sends one has a second, slower way by which the others learn the same from PostgreSQL.
 */
public interface Broadcast {
  /**
   * Sends to the other nodes, not to this one. Never blocks and never fails; without Redis it does
   * nothing.
   *
   * @param topic what it is about, such as {@code session.ended}; lower-case ASCII and dots
   * @param json at most 64 KiB
   */
  void send(String topic, String json);

  /**
   * Calls {@code listener} with what other nodes send, in no particular order, on an event loop: it
   * must not block.
   */
  void listen(String topic, Consumer<String> listener);
}
