package io.magpie.access;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Who acts. */
public sealed interface Actor {

  /**
   * A user through a session.
   *
   * @param expiresAt when the credential that was shown ends
   */
  record User(UUID id, UUID session, Set<Role> roles, Instant expiresAt) implements Actor {
    public User {
      roles = Set.copyOf(roles);
    }

    public boolean superAdmin() {
      return roles.contains(Role.SUPER_ADMIN);
    }
  }

  /** Another back end with an app key. */
  record App(UUID id, UUID key) implements Actor {}

  /** Nobody has logged in. */
  record Anonymous() implements Actor {}

  /**
   * The acting user.
   *
   * @throws RequestError {@code unauthenticated} for anybody else
   */
  default User user() {
    if (this instanceof User user) {
      return user;
    }
    throw RequestError.of(ErrorCode.UNAUTHENTICATED);
  }
}
