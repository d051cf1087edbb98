package io.magpie.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A network by its first address and the number of bits that its members share. */
public final class Cidr {
  // Only literals: a name would be looked up, and mean something else tomorrow.
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final byte[] network;
  private final int bits;
  private final String text;

  private Cidr(byte[] network, int bits, String text) {
    this.network = network;
    this.bits = bits;
    this.text = text;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int width = address.length * 8;
    String suffix = slash < 0 ? String.valueOf(width) : text.substring(slash + 1);
    if (!suffix.matches("[0-9]{1,3}") || Integer.parseInt(suffix) > width) {
      throw new IllegalArgumentException("not a network: " + text);
    }
    return new Cidr(address, Integer.parseInt(suffix), text);
  }

  private static byte[] address(String literal) {
    boolean fourParts = literal.split("\\.", -1).length == 4;
    if (!LITERAL.matcher(literal).matches() || !(fourParts || literal.contains(":"))) {
      throw new IllegalArgumentException("not an address: " + literal);
    }
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + literal, e);
    }
  }

  /** Whether this address lies in the network; one of the other family never does. */
  public boolean contains(InetAddress candidate) {
    byte[] address = candidate.getAddress();
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    int mask = (0xff << (8 - rest)) & 0xff;
    return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
  }

  /** Whether the address lies in any of these networks. */
  public static boolean anyContains(List<Cidr> networks, InetAddress candidate) {
    return networks.stream().anyMatch(network -> network.contains(candidate));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr && bits == cidr.bits && Arrays.equals(network, cidr.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network) * 31 + bits;
  }

  @Override
  public String toString() {
    return text;
  }
}
