package io.magpie.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code Session} of the contract: a device that is logged in. */
public record Session(
    UUID id,
    String device,
    Optional<String> address,
    Instant createdAt,
    Instant lastSeenAt,
    boolean current) {}
