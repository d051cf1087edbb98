package io.magpie.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How this node joins the others.
 *
 * @param name nodes of another name are not joined
 * @param host address to bind and to be reached at
 * @param publicAllowed whether {@code host} may be one that is not private
 * @param port of Hazelcast
 * @param busPort of the event bus
 * @param members {@code host} or {@code host:port}; a name may stand for several addresses
 * @param file Hazelcast's own settings, in the place of the built-in ones
 * @param tls of the event bus
 */
public record ClusterSettings(
    String name,
    String host,
    boolean publicAllowed,
    int port,
    int busPort,
    List<String> members,
    Optional<Path> file,
    Optional<Tls> tls) {

  /**
   * Certificates of the event bus, PEM files; both sides show theirs.
   *
   * @param authority has signed those of all nodes
   */
  public record Tls(Path certificate, Path key, Path authority) {}
}
