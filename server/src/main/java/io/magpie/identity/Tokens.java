package io.magpie.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code Tokens} of the contract. */
public record Tokens(
    String accessToken, Optional<String> refreshToken, Instant expiresAt, UUID session, User user) {

  /** Without the tokens. */
  @Override
  public String toString() {
    return "Tokens[session=" + session + "]";
  }
}
