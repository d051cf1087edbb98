package io.magpie.membership;

import java.util.Optional;
import java.util.UUID;

/** {@code User} of the contract: a user as others see it. */
public record Person(
    UUID id,
    String username,
    String displayName,
    String kind,
    Optional<String> department,
    Optional<String> jobTitle,
    String avatar,
    Optional<Boolean> disabled) {

  /** Whether the user may be written to and invited. */
  public boolean active() {
    return !disabled.orElse(false);
  }
}
