package io.magpie.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job's row as it was when this node took it.
 *
 * @param payload JSON
 * @param late how much later than it was due, by the database's clock
 * @param fence whoever holds an older one is refused
 */
record Leased(
    UUID id,
    String kind,
    String key,
    String payload,
    Optional<Duration> period,
    Instant due,
    Duration late,
    int attempt,
    long fence) {}
