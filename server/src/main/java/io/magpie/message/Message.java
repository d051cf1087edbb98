package io.magpie.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code Message} of the contract: a message as it is now. A recalled one has no body. */
public record Message(
    UUID conversation,
    long seq,
    UUID sender,
    Optional<UUID> clientId,
    Instant at,
    Optional<Body> body,
    Optional<Mentions> mentions,
    OptionalLong replyTo,
    OptionalLong thread,
    Optional<ForwardedFrom> forwardedFrom,
    Optional<Instant> editedAt,
    Optional<Instant> recalledAt,
    Optional<UUID> recalledBy,
    Optional<List<Reaction>> reactions,
    OptionalLong replies,
    OptionalLong lastReplySeq,
    Optional<Pin> pin) {}
