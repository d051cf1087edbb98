package io.magpie.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where cluster members may listen. Hazelcast without a licence has neither TLS nor a login, so
 * whoever reaches a member's port can join (traps H8).
 */
final class PrivateAddress {
  private PrivateAddress() {}

  /**
   * The address of {@code host}.
   *
   * @throws ClusterRefused when it stands for every interface, or is not private and that is not
   *     allowed
   */
  static InetAddress of(String host, boolean publicAllowed) {
    InetAddress address = resolve(host);
    if (address.isAnyLocalAddress()) {
      throw new ClusterRefused(
          "MAGPIE_CLUSTER_HOST is "
              + host
              + ", which is every interface: name the address of the private network.");
    }
    if (!publicAllowed && !isPrivate(address)) {
      throw new ClusterRefused(
          "MAGPIE_CLUSTER_HOST is "
              + host
              + ", which is not private, and whoever reaches it could join."
              + " MAGPIE_CLUSTER_PUBLIC=on allows it.");
    }
    return address;
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ClusterRefused("MAGPIE_CLUSTER_HOST is " + host + ", which nobody knows.", e);
    }
  }

  /** Loopback, link-local, RFC 1918, RFC 6598 (100.64.0.0/10) and RFC 4193 (fc00::/7). */
  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress() && bytes.length == 4
        || shared
        || uniqueLocal;
  }
}
