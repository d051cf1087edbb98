package io.magpie.message;

import io.magpie.protocol.Json;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code data.message.sent} of the contract. */
record SentData(
    Optional<UUID> clientId,
    Optional<Body> body,
    Optional<Mentions> mentions,
    OptionalLong replyTo,
    OptionalLong thread,
    Optional<ForwardedFrom> forwardedFrom) {

  static SentData read(String json) {
    return Json.convert(Json.readOwn(json), SentData.class);
  }

  /** What is left after a recall. */
  SentData redacted() {
    return new SentData(
        clientId, Optional.empty(), Optional.empty(), replyTo, thread, forwardedFrom);
  }
}
