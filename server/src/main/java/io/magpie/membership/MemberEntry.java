package io.magpie.membership;

import java.util.UUID;

/** {@code MemberEntry} of the contract: who is in, inside of events. */
public record MemberEntry(UUID user, String role) {}
