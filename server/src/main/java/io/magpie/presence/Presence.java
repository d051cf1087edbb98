package io.magpie.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code Presence} of the contract: how a user is shown to everybody who may see it. */
record Presence(
    UUID user, String state, Optional<Status> status, Optional<Instant> lastSeenAt, long version) {}
