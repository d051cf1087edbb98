package io.magpie.identity;

import java.util.Optional;
import java.util.UUID;

/**
 * {@code User} of the contract: as others see it.
 *
 * @param kind {@code member}, {@code guest} or {@code bot}
 * @param avatar path of the picture
 * @param disabled present and true for users that can no longer log in
 */
public record User(
    UUID id,
    String username,
    String displayName,
    String kind,
    Optional<String> department,
    Optional<String> jobTitle,
    String avatar,
    Optional<Boolean> disabled) {

  static User of(Account account) {
    return new User(
        account.id(),
        account.username(),
        account.displayName(),
        account.kind(),
        unlessEmpty(account.department()),
        unlessEmpty(account.jobTitle()),
        "/api/v1/users/" + account.id() + "/avatar",
        account.disabled() ? Optional.of(true) : Optional.empty());
  }

  private static Optional<String> unlessEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
