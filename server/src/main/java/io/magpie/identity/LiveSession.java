package io.magpie.identity;

import java.time.Instant;
import java.util.UUID;

/** A session that is neither ended nor expired, of a user that is not disabled. */
record LiveSession(UUID id, Account account, Instant lastSeenAt, Instant expiresAt) {}
