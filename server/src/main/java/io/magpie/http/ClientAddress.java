package io.magpie.http;

import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Who is at the other end. {@code X-Forwarded-For} counts only as far as trusted proxies wrote it:
 * read from the right, the first address that is no trusted proxy is the client (S-A26).
 */
public final class ClientAddress {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

  private final Predicate<InetAddress> trusted;

  public ClientAddress(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  /**
   * @param peer address of the TCP connection, as a literal
   */
  public String of(String peer, MultiMap headers) {
    String address = peer;
    if (!isTrusted(address)) {
      return address;
    }
    String[] hops = String.join(",", headers.getAll("X-Forwarded-For")).split(",");
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].strip();
      if (!LITERAL.matcher(hop).matches()) {
        return address;
      }
      address = hop;
      if (!isTrusted(hop)) {
        return hop;
      }
    }
    return address;
  }

  private boolean isTrusted(String literal) {
    try {
      return LITERAL.matcher(literal).matches() && trusted.test(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
