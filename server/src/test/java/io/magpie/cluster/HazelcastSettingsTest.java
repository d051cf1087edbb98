package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows H5, H7, H8 and H9 of the traps: what no settings file can leave out. */
class HazelcastSettingsTest {
  private static final String[] MEMBERS = {"10.0.0.1", "node-2:5799", "[fd00::1]:5701"};

  @TempDir Path directory;

  private static ClusterSettings settings(Optional<Path> file) {
    ClusterSettings plain = Loopback.settings(5701, 5711, MEMBERS);
    return new ClusterSettings(
        plain.name(),
        plain.host(),
        plain.publicAllowed(),
        plain.port(),
        plain.busPort(),
        plain.members(),
        file,
        plain.tls());
  }

  private static void assertSafe(Config config) {
    assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
    assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs().values())
        .as("members only: no clients, REST or memcache")
        .singleElement()
        .isInstanceOfSatisfying(
            ServerSocketEndpointConfig.class,
            members -> {
              assertThat(members.getPort()).isEqualTo(5701);
              assertThat(members.isPortAutoIncrement()).isFalse();
              assertThat(members.getInterfaces().isEnabled()).isTrue();
              assertThat(members.getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
            });
    JoinConfig join = config.getAdvancedNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.isAutoDetectionEnabled()).isFalse();
    assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
    assertThat(join.getTcpIpConfig().getMembers())
        .containsExactly("10.0.0.1:5701", "node-2:5799", "[fd00::1]:5701");
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.logging.type")).isEqualTo("slf4j");
    assertThat(Integer.parseInt(config.getProperty("hazelcast.max.join.seconds")))
        .isLessThanOrEqualTo(30);
    assertThat(config.getUserCodeDeploymentConfig().isEnabled()).isFalse();
    assertThat(config.getManagementCenterConfig().isScriptingEnabled()).isFalse();
    assertThat(config.getClusterName()).matches("test-[0-9]+\\.[0-9]+");
  }

  @Test
  void the_built_in_settings_are_safe() {
    Config config = HazelcastSettings.of(settings(Optional.empty()));
    assertSafe(config);
    assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("15");
    assertThat(config.getProperty("hazelcast.merge.first.run.delay.seconds")).isEqualTo("30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "compose", "kubernetes"})
  void so_are_those_of_cluster_config(String name) {
    Path file = Path.of("../cluster-config/hazelcast/" + name + ".yaml");
    Config config = HazelcastSettings.of(settings(Optional.of(file)));
    assertSafe(config);
    int silent = Integer.parseInt(config.getProperty("hazelcast.max.no.heartbeat.seconds"));
    assertThat(silent).isBetween(5, 15);
    assertThat(Integer.parseInt(config.getProperty("hazelcast.merge.next.run.delay.seconds")))
        .isBetween(5, 30);
    assertThat(config.getMultiMapConfig("__vertx.subs").getBackupCount()).isEqualTo(1);
  }

  @Test
  void a_file_that_opens_everything_is_overruled() throws IOException {
    Path open =
        Files.writeString(
            directory.resolve("open.yaml"),
            """
            hazelcast:
              cluster-name: other
              properties:
                hazelcast.phone.home.enabled: true
                hazelcast.socket.bind.any: true
                hazelcast.max.join.seconds: 100000
              network:
                rest-api:
                  enabled: true
                join:
                  multicast:
                    enabled: true
            """);
    assertSafe(HazelcastSettings.of(settings(Optional.of(open))));
  }

  @Test
  void a_file_that_is_none_is_refused() throws IOException {
    Path file = Files.writeString(directory.resolve("x.yaml"), "hazelcast:\n  nonsense: 1\n");
    assertThatThrownBy(() -> HazelcastSettings.of(settings(Optional.of(file))))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("MAGPIE_CLUSTER_CONFIG");
  }

  @Test
  void java_serialization_takes_no_classes_of_libraries() {
    JavaSerializationFilterConfig filter =
        HazelcastSettings.of(settings(Optional.empty()))
            .getSerializationConfig()
            .getJavaSerializationFilterConfig();
    ClassFilter allowed = filter.getWhitelist();
    assertThat(filter.isDefaultsDisabled()).isTrue();
    assertThat(allowed.isListed("java.util.HashMap")).isTrue();
    for (String gadget :
        List.of(
            "java.net.URL",
            "javax.management.BadAttributeValueExpException",
            "java.rmi.server.UnicastRemoteObject",
            "com.fasterxml.jackson.databind.node.POJONode",
            "org.bouncycastle.jce.provider.X509CertificateObject",
            "io.magpie.Main")) {
      assertThat(allowed.isListed(gadget)).as(gadget).isFalse();
    }
    assertThat(filter.getBlacklist().isListed("java.lang.invoke.SerializedLambda")).isTrue();
  }

  @Test
  void the_event_bus_is_private_pinged_often_and_trusts_nobody_blindly() {
    EventBusOptions bus = ClusteredVertx.bus(new EventBusOptions(), settings(Optional.empty()));
    assertThat(bus.getHost()).isEqualTo("127.0.0.1");
    assertThat(bus.getPort()).isEqualTo(5711);
    assertThat(bus.isTrustAll()).isFalse();
    assertThat(bus.getClusterPingInterval()).isLessThanOrEqualTo(5_000);
    assertThat(bus.getClusterPingReplyInterval()).isLessThanOrEqualTo(5_000);
  }

  @Test
  void with_certificates_both_sides_of_the_event_bus_show_theirs() {
    ClusterSettings plain = settings(Optional.empty());
    Path pem = directory.resolve("x.pem");
    EventBusOptions bus =
        ClusteredVertx.bus(
            new EventBusOptions(),
            new ClusterSettings(
                plain.name(),
                plain.host(),
                false,
                plain.port(),
                plain.busPort(),
                plain.members(),
                Optional.empty(),
                Optional.of(new ClusterSettings.Tls(pem, pem, pem))));
    assertThat(bus.isSsl()).isTrue();
    assertThat(bus.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
    assertThat(bus.getTrustOptions()).isNotNull();
  }

  /** Hazelcast itself ignores its property where the ports are configured one by one. */
  @Test
  void a_public_address_that_is_set_is_what_members_are_told() {
    assertThat(memberEndpoint().getPublicAddress()).isNull();
    String before = System.setProperty("hazelcast.local.publicAddress", "10.1.2.3:15701");
    try {
      assertThat(memberEndpoint().getPublicAddress()).isEqualTo("10.1.2.3:15701");
      assertSafe(HazelcastSettings.of(settings(Optional.empty())));
    } finally {
      if (before == null) {
        System.clearProperty("hazelcast.local.publicAddress");
      } else {
        System.setProperty("hazelcast.local.publicAddress", before);
      }
    }
  }

  private static ServerSocketEndpointConfig memberEndpoint() {
    return (ServerSocketEndpointConfig)
        HazelcastSettings.of(settings(Optional.empty()))
            .getAdvancedNetworkConfig()
            .getEndpointConfigs()
            .values()
            .iterator()
            .next();
  }
}
