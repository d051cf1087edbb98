package io.magpie.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the nodes are joined to each other.
 *
 * @param on whether they are
 * @param members where they can be found, {@code host} or {@code host:port}
 * @param name nodes of another name are not joined
 * @param host address of this node for the others
 * @param publicAllowed whether {@code host} may be one that is not private
 * @param port of members
 * @param busPort of signals
 * @param file Hazelcast settings in the place of the built-in ones
 * @param tls of signals
 */
public record ClusterConfig(
    boolean on,
    List<String> members,
    String name,
    String host,
    boolean publicAllowed,
    int port,
    int busPort,
    Optional<Path> file,
    Optional<Tls> tls) {

  /**
   * Certificates of signals, PEM files.
   *
   * @param authority has signed those of all nodes
   */
  public record Tls(Path certificate, Path key, Path authority) {}

  static ClusterConfig from(Values values) {
    return new ClusterConfig(
        values.get(SettingsTable.CLUSTER),
        values.get(SettingsTable.CLUSTER_MEMBERS),
        values.get(SettingsTable.CLUSTER_NAME),
        values.get(SettingsTable.CLUSTER_HOST),
        values.get(SettingsTable.CLUSTER_PUBLIC),
        values.get(SettingsTable.CLUSTER_PORT),
        values.get(SettingsTable.CLUSTER_BUS_PORT),
        values.find(SettingsTable.CLUSTER_CONFIG),
        tls(values));
  }

  /** All three or none, which Contradictions has made sure of. */
  private static Optional<Tls> tls(Values values) {
    return values
        .find(SettingsTable.CLUSTER_TLS_CERTIFICATE)
        .map(
            certificate ->
                new Tls(
                    certificate,
                    values.get(SettingsTable.CLUSTER_TLS_KEY),
                    values.get(SettingsTable.CLUSTER_TLS_CA)));
  }
}
