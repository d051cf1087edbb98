package io.magpie.testkit;

import java.util.UUID;

/** Somebody who is logged in on one device. */
public record TestUser(UUID id, UUID session, String token, String name) {}
