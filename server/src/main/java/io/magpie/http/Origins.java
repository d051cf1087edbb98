package io.magpie.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which pages may talk to this server: those of the origins that are set, and those that this
 * server served itself, which is when the authority of {@code Origin} is the one of {@code Host}
 * and that names this server: localhost, an address, or a host that the settings name. Any other
 * name could have been made to point here by whoever owns it (DNS rebinding). Compared as a whole,
 * never by prefix or suffix (S-A01, S-A02).
 */
public final class Origins {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

  private final List<String> allowed;
  private final String host;

  /**
   * @param allowed origins that may call, lower case
   * @param host name that this server was told to bind
   */
  public Origins(List<String> allowed, String host) {
    this.allowed = List.copyOf(allowed);
    this.host = host;
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

  private boolean own(String origin, String authority) {
    return known(authority.replaceFirst(":[0-9]{1,5}$", "")) && same(origin, authority);
  }

  private boolean known(String name) {
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(host)
        || LITERAL.matcher(name).matches();
  }

  private static boolean same(String origin, String authority) {
    return origin.equalsIgnoreCase("http://" + authority)
        || origin.equalsIgnoreCase("https://" + authority);
  }
}
