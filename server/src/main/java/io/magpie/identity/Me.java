package io.magpie.identity;

import io.magpie.access.Role;
import java.util.List;
import java.util.UUID;

/** {@code Me} of the contract: the caller's own account. */
public record Me(User user, List<String> roles, String locale, UUID session) {

  static Me of(Account account, UUID session) {
    return new Me(
        User.of(account),
        account.roles().stream().map(Role::code).toList(),
        account.locale(),
        session);
  }
}
