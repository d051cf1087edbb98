package io.magpie.membership;

import io.magpie.identity.User;
import java.time.Instant;

/** {@code Member} of the contract. */
public record Member(User user, String role, Instant joinedAt) {}
