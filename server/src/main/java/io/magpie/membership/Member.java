package io.magpie.membership;

import java.time.Instant;

/** {@code Member} of the contract. */
public record Member(Person user, String role, Instant joinedAt) {}
