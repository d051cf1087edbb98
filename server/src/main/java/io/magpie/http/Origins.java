package io.magpie.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;

/**
 * Which pages may talk to this server: those of the origins that are set, and those that this
 * server served itself, which is when the authority of {@code Origin} is the one of {@code Host}.
 * Compared as a whole, never by prefix or suffix (S-A01, S-A02).
 */
public final class Origins {
  private final List<String> allowed;

  public Origins(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Whether a request with these headers may be served. Programs send no Origin. */
  public boolean permits(MultiMap headers, String authority) {
    List<String> sent = headers.getAll("Origin");
    return sent.isEmpty()
        || sent.size() == 1 && (own(sent.get(0), authority) || listed(sent.get(0)));
  }

  /** Whether the origin was set as allowed, for the answers of CORS. */
  public boolean listed(String origin) {
    return allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean own(String origin, String authority) {
    return origin.equalsIgnoreCase("http://" + authority)
        || origin.equalsIgnoreCase("https://" + authority);
  }
}
