package io.magpie.message;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code Pin} of the contract. */
public record Pin(UUID by, Instant at, Optional<Instant> until) {}
