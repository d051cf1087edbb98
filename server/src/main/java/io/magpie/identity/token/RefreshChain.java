package io.magpie.identity.token;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives a refresh token's successor: HMAC of the token with a key of this server. So the same
 * token asked for twice within the grace gives the same successor, without that being stored: an
 * answer lost on its way is simply asked for again, and parallel requests never make two branches.
 */
public final class RefreshChain {
  private final List<SecretKeySpec> keys;

  public RefreshChain(TokenSettings settings) {
    keys =
        settings.keys().stream()
            .map(key -> Hmac.sign(key.secret(), "magpie refresh chain"))
            .map(derived -> new SecretKeySpec(derived, Hmac.ALGORITHM))
            .toList();
  }

  /** The successor that is given from now on. */
  public OpaqueToken next(OpaqueToken token) {
    return derive(keys.get(0), token);
  }

  /** The successor that was given before; empty when the key that made it is gone. */
  public Optional<OpaqueToken> given(OpaqueToken token, Buffer successorHash) {
    return keys.stream()
        .map(key -> derive(key, token))
        .filter(candidate -> candidate.hash().equals(successorHash))
        .findFirst();
  }

  private static OpaqueToken derive(SecretKeySpec key, OpaqueToken token) {
    return OpaqueToken.of(OpaqueToken.Kind.REFRESH, Hmac.sign(key, token.value()));
  }
}
