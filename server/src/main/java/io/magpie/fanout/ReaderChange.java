package io.magpie.fanout;

import java.util.UUID;

/** An event that changes who reads a stream from here on. */
public sealed interface ReaderChange {

  /** In a user's inbox: {@code stream} can be read from number {@code from} on. */
  record Opened(UUID user, UUID stream, long from) implements ReaderChange {}

  /** In the stream itself: this event is the last one that {@code user} gets. */
  record Closed(UUID user) implements ReaderChange {}
}
