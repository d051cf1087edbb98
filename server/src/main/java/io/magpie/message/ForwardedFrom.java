package io.magpie.message;

import java.time.Instant;

/** {@code ForwardedFrom} of the contract: origin of a message that was forwarded by itself. */
public record ForwardedFrom(String senderName, Instant at) {}
