package io.magpie.identity.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How tokens are made and checked.
 *
 * @param keys the first signs, all verify: a new one is put in front, the old one leaves after
 *     {@code accessTtl}
 * @param issuer {@code iss}; names this installation
 * @param audience {@code aud}; another environment with the same keys has another one
 * @param accessTtl life of an access token
 * @param refreshTtl life of a refresh token or cookie; each use starts it anew
 * @param leeway how far clocks may differ
 */
public record TokenSettings(
    List<SigningKey> keys,
    String issuer,
    String audience,
    Duration accessTtl,
    Duration refreshTtl,
    Duration leeway) {
  public static final Duration ACCESS_TTL = Duration.ofMinutes(10);
  public static final Duration REFRESH_TTL = Duration.ofDays(30);
  public static final Duration LEEWAY = Duration.ofSeconds(60);

  public TokenSettings {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no token key: the server does not start");
    }
    Set<String> ids = new HashSet<>();
    for (SigningKey key : keys) {
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException("two token keys have the id " + key.id());
      }
    }
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("tokens need an issuer and an audience");
    }
    if (accessTtl.compareTo(Duration.ofSeconds(1)) < 0 || refreshTtl.compareTo(accessTtl) < 0) {
      throw new IllegalArgumentException(
          "access tokens live 1 s or more, refresh tokens no shorter than they");
    }
    if (leeway.isNegative() || leeway.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("the leeway is 0 to 5 minutes");
    }
  }

  /** With the usual lives: 10 minutes, 30 days, 60 seconds of leeway. */
  public static TokenSettings of(List<SigningKey> keys, String issuer, String audience) {
    return new TokenSettings(keys, issuer, audience, ACCESS_TTL, REFRESH_TTL, LEEWAY);
  }
}
