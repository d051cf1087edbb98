package io.magpie.identity.token;

import java.time.Instant;
import java.util.UUID;

/** What a verified access token says. */
public record AccessClaims(UUID user, UUID session, Instant expiresAt) {}
