package io.magpie.membership;

import io.magpie.stream.ReaderRole;

/**
 * Taking somebody out of a group.
 *
 * @param seat of who removes
 * @param target role of who is removed
 */
public record Removal(Seat seat, ReaderRole target) {}
