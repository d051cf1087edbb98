package io.magpie.identity.token;

import java.time.Instant;

/** A fresh access token and when it ends. */
public record AccessToken(String value, Instant expiresAt) {

  /** Without the token. */
  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
