package io.magpie.identity;

import java.time.Instant;

/**
 * {@code Link} of the contract: with it a person sets a password, once.
 *
 * @param link the page to open; the token stands in the fragment, which browsers do not send
 */
public record Link(String link, String token, Instant expiresAt) {

  /** Without the token. */
  @Override
  public String toString() {
    return "Link[expiresAt=" + expiresAt + "]";
  }
}
