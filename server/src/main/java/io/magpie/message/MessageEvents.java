package io.magpie.message;

import io.magpie.protocol.Json;
import io.magpie.stream.NewEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Events that point at a message. */
final class MessageEvents {
  private MessageEvents() {}

  /** A message that the server made, without a client's id of its own. */
  static NewEvent sent(UUID actor, Body body, Optional<ForwardedFrom> from) {
    SentData data =
        new SentData(
            Optional.empty(),
            Optional.of(body),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            from);
    return NewEvent.entry(MessageSending.SENT, actor, Json.write(data), OptionalLong.empty());
  }

  static NewEvent edited(UUID actor, long message, String text, Optional<Mentions> mentions) {
    return NewEvent.change(
        "message.edited", actor, Json.write(new Edited(message, text, mentions)));
  }

  static NewEvent recalled(UUID actor, long message) {
    return NewEvent.change("message.recalled", actor, Json.write(new Pointer(message)));
  }

  static NewEvent reacted(UUID actor, long message, String emoji, boolean added) {
    return NewEvent.change(
        added ? "message.reacted" : "message.unreacted",
        actor,
        Json.write(new Reacted(message, emoji)));
  }

  static NewEvent pinned(UUID actor, long message, Optional<Instant> until) {
    return NewEvent.change("message.pinned", actor, Json.write(new Pinned(message, until)));
  }

  static NewEvent unpinned(UUID actor, long message) {
    return NewEvent.change("message.unpinned", actor, Json.write(new Pointer(message)));
  }

  /**
   * @param actor who had pinned it
   */
  static NewEvent pinExpired(UUID actor, long message) {
    return NewEvent.change("message.unpinned", actor, Json.write(new Ended(message, "expired")));
  }

  record Pointer(long message) {}

  private record Edited(long message, String text, Optional<Mentions> mentions) {}

  private record Reacted(long message, String emoji) {}

  private record Ended(long message, String reason) {}

  private record Pinned(long message, Optional<Instant> until) {}
}
