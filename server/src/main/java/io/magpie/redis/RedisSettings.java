package io.magpie.redis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where Redis is.
 *
 * @param shape what answers at the addresses
 * @param uris {@code redis://} or {@code rediss://} with user, password and logical database; of
 *     Sentinels or of some Cluster nodes several
 * @param master the name of the master that the Sentinels watch
 * @param authority certificates that {@code rediss://} trusts, PEM; empty for the JVM's own
 */
public record RedisSettings(
    Shape shape, List<String> uris, String master, Optional<Path> authority) {

  /** One server, one behind Sentinels, or several that share the keys. */
  public enum Shape {
    STANDALONE,
    SENTINEL,
    CLUSTER
  }

  public RedisSettings {
    uris = List.copyOf(uris);
  }

  public static RedisSettings standalone(String uri) {
    return new RedisSettings(Shape.STANDALONE, List.of(uri), "", Optional.empty());
  }
}
