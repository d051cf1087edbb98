package io.magpie.stream;

import java.util.UUID;

/**
 * A stream that a user reads now.
 *
 * @param from first number of the present membership
 * @param first first number that can still be read by anybody
 */
public record OwnStream(UUID stream, StreamKind kind, long head, long from, long first) {}
