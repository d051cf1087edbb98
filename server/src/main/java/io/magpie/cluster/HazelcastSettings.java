package io.magpie.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.instance.BuildInfoProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hazelcast's settings: timers and structures from a file, what is a matter of safety from here, so
 * that no file can leave it out (traps H5 to H8).
 */
final class HazelcastSettings {
  private static final String PUBLIC_ADDRESS = "hazelcast.local.publicAddress";
  private static final String BUILT_IN = "/cluster/hazelcast.yaml";

  private HazelcastSettings() {}

  /**
   * Settings of a member.
   *
   * @throws ClusterRefused when they cannot be used
   */
  static Config of(ClusterSettings settings) {
    InetAddress address = PrivateAddress.of(settings.host(), settings.publicAllowed());
    Config config = settings.file().map(HazelcastSettings::read).orElseGet(HazelcastSettings::read);
    config.setClusterName(clusterName(settings.name()));
    config.setAdvancedNetworkConfig(network(settings, address));
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(filter())
        .setEnableSharedObject(false);
    config.getManagementCenterConfig().setScriptingEnabled(false).setConsoleEnabled(false);
    config.getJetConfig().setEnabled(false);
    properties(config);
    return config;
  }

  /**
   * Open-source members of different minor versions cannot join each other, so each minor is a
   * cluster of its own while nodes are upgraded one by one (H7).
   */
  static String clusterName(String name) {
    String[] version = BuildInfoProvider.getBuildInfo().getVersion().split("\\.");
    return name + "-" + version[0] + "." + version[1];
  }

  private static Config read() {
    try (InputStream in = HazelcastSettings.class.getResourceAsStream(BUILT_IN)) {
      return new YamlConfigBuilder(in).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new YamlConfigBuilder(in).build();
    } catch (IOException | InvalidConfigurationException e) {
      throw new ClusterRefused(
          "MAGPIE_CLUSTER_CONFIG: " + file + " holds no settings of Hazelcast: " + e.getMessage(),
          e);
    }
  }

  /** Members only: no port for clients, REST or memcache, and none beside the one that is set. */
  private static AdvancedNetworkConfig network(ClusterSettings settings, InetAddress address) {
    ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
    members.setPort(settings.port()).setPortAutoIncrement(false).setPortCount(1);
    members.setInterfaces(
        new InterfacesConfig().setEnabled(true).addInterface(address.getHostAddress()));
    members.setSocketConnectTimeoutSeconds(2);
    // Hazelcast reads its own property only where the ports are not configured one by one.
    String reachedAt = System.getProperty(PUBLIC_ADDRESS);
    if (reachedAt != null) {
      members.setPublicAddress(reachedAt);
    }
    AdvancedNetworkConfig network = new AdvancedNetworkConfig();
    network.setEnabled(true).setMemberEndpointConfig(members);
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
    for (String member : settings.members()) {
      boolean bare = !member.matches(".*:[0-9]+");
      join.getTcpIpConfig().addMember(bare ? member + ":" + settings.port() : member);
    }
    return network;
  }

  /** What Vert.x and Hazelcast themselves send, and nothing that starts a chain of gadgets. */
  private static JavaSerializationFilterConfig filter() {
    ClassFilter allowed =
        new ClassFilter()
            .addPrefixes("java.lang.", "java.util.", "[", "com.hazelcast.")
            .addPackages("io.vertx.spi.cluster.hazelcast", "io.vertx.spi.cluster.hazelcast.impl");
    ClassFilter refused =
        new ClassFilter()
            .addPrefixes("java.lang.invoke.", "java.lang.reflect.", "java.util.logging.");
    return new JavaSerializationFilterConfig()
        .setDefaultsDisabled(true)
        .setWhitelist(allowed)
        .setBlacklist(refused);
  }

  private static void properties(Config config) {
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false"); // the stop is ours to order
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.socket.server.bind.any", "false");
    config.setProperty("hazelcast.socket.client.bind.any", "false");
    // Nothing that it keeps is missed: who stops does not wait for others that do not answer.
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "2");
    // A node starts without the others when they do not answer.
    config.setProperty("hazelcast.max.join.seconds", "20");
  }
}
