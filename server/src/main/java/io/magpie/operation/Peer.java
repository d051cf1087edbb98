package io.magpie.operation;

import io.magpie.access.Actor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The other end of a request.
 *
 * @param address the client's address, as the trusted proxies tell it
 * @param agent its User-Agent, cut to 200 characters, empty if none
 * @param cookie the session cookie, where one came and may be used (right origin, CSRF header)
 * @param renew over WebSocket: puts a fresh credential in the place of the connection's
 * @param line over WebSocket: the connection, to which frames may be sent later
 */
public record Peer(
    String address,
    String agent,
    Optional<String> cookie,
    Consumer<Actor.User> renew,
    Optional<Line> line) {

  /** A peer without a lasting connection. */
  public Peer(String address, String agent, Optional<String> cookie) {
    this(address, agent, cookie, actor -> {}, Optional.empty());
  }
}
