package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.7.7", "100.64.0.1",
        "100.127.255.254", "169.254.1.1", "::1", "fe80::1", "fd00::1", "fc00::1"
      })
  void private_addresses_are_taken(String host) throws UnknownHostException {
    assertThat(PrivateAddress.of(host, false)).isEqualTo(InetAddress.getByName(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "172.15.0.1",
        "192.169.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "2001:db8::1",
        "fe00::1"
      })
  void others_are_refused_unless_that_is_allowed(String host) {
    assertThatThrownBy(() -> PrivateAddress.of(host, false))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("not private")
        .hasMessageContaining("MAGPIE_CLUSTER_PUBLIC=on");
    assertThat(PrivateAddress.of(host, true)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void every_interface_is_never_taken(String host) {
    assertThatThrownBy(() -> PrivateAddress.of(host, true))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("every interface");
  }

  @Test
  void a_name_that_nobody_knows_is_refused() {
    assertThatThrownBy(() -> PrivateAddress.of("nobody.invalid", true))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("nobody.invalid");
  }
}
