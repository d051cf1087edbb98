package io.magpie.job;

import java.time.Instant;
import java.util.UUID;

/**
 * A job that is being run.
 *
 * @param id the same for all tries of this occurrence; another one when the job was scheduled anew
 *     or came round again: what goes to the outside carries it, so that a repetition can be told
 * @param due when it was to run
 * @param attempt 1 for the first
 */
public record Job<P>(UUID id, String key, P payload, Instant due, int attempt) {}
