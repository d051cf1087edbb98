package io.magpie.fanout;

import java.util.UUID;

/**
 * Something that may be lost and is replaced by a newer one of the same kind, stream and user.
 *
 * @param json the signal as the contract writes it
 */
public record Signal(UUID stream, UUID user, String kind, String json) {}
