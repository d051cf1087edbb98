package io.magpie.stream;

import java.time.Instant;
import java.util.UUID;

/**
 * A write that is committed.
 *
 * @param seq number of its first event
 * @param count how many events it made
 * @param duplicate whether it had been stored by an earlier try
 */
public record Written(UUID stream, long seq, int count, Instant at, boolean duplicate) {}
