package io.magpie.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Access tokens: JWT with HMAC-SHA-256, made and read by this server only.
 *
 * <p>The header is never interpreted. It must be, character by character, the one that this server
 * writes for one of its keys; so {@code alg}, {@code jwk}, {@code x5c} or {@code crit} of somebody
 * else cannot choose anything (RFC 8725, sections 3.1 and 3.2; docs/adr/0004). Safe from any
 * thread.
 */
public final class AccessTokens {
  /** Longer ones are refused unread. */
  public static final int MAX_LENGTH = 2_048;

  /** The end of the year 9999. */
  private static final long LATEST = 253_402_300_799L;

  private static final String USE = "access";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final TokenSettings settings;
  private final Clock clock;
  private final Map<String, SigningKey> keysByHeader = new HashMap<>();

  public AccessTokens(TokenSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    settings.keys().forEach(key -> keysByHeader.put(header(key), key));
  }

  private static String header(SigningKey key) {
    return encode(
        Json.write(Json.object().put("alg", "HS256").put("typ", "JWT").put("kid", key.id())));
  }

  /** A token for this session, valid from now on. */
  public AccessToken issue(UUID user, UUID session) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(settings.accessTtl());
    ObjectNode claims =
        Json.object()
            .put("iss", settings.issuer())
            .put("aud", settings.audience())
            .put("sub", user.toString())
            .put("sid", session.toString())
            .put("use", USE)
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", expiresAt.getEpochSecond());
    SigningKey key = settings.keys().get(0);
    String signed = header(key) + "." + encode(Json.write(claims));
    return new AccessToken(signed + "." + signature(key, signed), expiresAt);
  }

  /**
   * Checks everything that the token alone can tell; whether its session still lives is not here.
   *
   * @throws RequestError {@code token_expired}, or {@code unauthenticated} for anything else
   */
  public AccessClaims verify(String token) {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (token.length() > MAX_LENGTH || first < 0 || first == last) {
      throw refused();
    }
    SigningKey key = keysByHeader.get(token.substring(0, first));
    if (key == null
        || !sameText(signature(key, token.substring(0, last)), token.substring(last + 1))) {
      throw refused();
    }
    return check(claims(token.substring(first + 1, last)));
  }

  private AccessClaims check(ObjectNode claims) {
    if (!text(claims, "iss").equals(settings.issuer())
        || !text(claims, "aud").equals(settings.audience())
        || !text(claims, "use").equals(USE)) {
      throw refused();
    }
    Instant now = clock.instant();
    Instant expiresAt = time(claims, "exp");
    if (now.isAfter(expiresAt.plus(settings.leeway()))) {
      throw RequestError.of(ErrorCode.TOKEN_EXPIRED);
    }
    if (now.isBefore(time(claims, "nbf").minus(settings.leeway()))) {
      throw refused();
    }
    return new AccessClaims(uuid(claims, "sub"), uuid(claims, "sid"), expiresAt);
  }

  private static ObjectNode claims(String encoded) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(encoded);
      return Json.readObject(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | RequestError e) {
      throw refused();
    }
  }

  private static String text(ObjectNode claims, String name) {
    JsonNode value = claims.get(name);
    if (value == null || !value.isTextual()) {
      throw refused();
    }
    return value.textValue();
  }

  private static Instant time(ObjectNode claims, String name) {
    JsonNode value = claims.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw refused();
    }
    long seconds = value.longValue();
    if (seconds < 0 || seconds > LATEST) {
      throw refused();
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static UUID uuid(ObjectNode claims, String name) {
    try {
      return UUID.fromString(text(claims, name));
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  /** Compared as text: a second spelling of the same bytes is another token. */
  private static boolean sameText(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(SigningKey key, String signed) {
    return ENCODER.encodeToString(Hmac.sign(key.secret(), signed));
  }

  private static String encode(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static RequestError refused() {
    return RequestError.of(ErrorCode.UNAUTHENTICATED);
  }
}
