package io.magpie.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * {@code App} of the contract: another back end that brings its own users.
 *
 * @param keys in force, without their secrets
 */
public record App(UUID id, String name, Instant createdAt, List<Key> keys) {

  /** {@code AppKey} of the contract. */
  public record Key(UUID id, Instant createdAt) {}
}
