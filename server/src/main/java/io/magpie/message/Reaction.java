package io.magpie.message;

import java.util.List;
import java.util.UUID;

/**
 * {@code Reaction} of the contract.
 *
 * @param users in the order in which they reacted, the first 100
 */
public record Reaction(String emoji, int count, List<UUID> users) {}
