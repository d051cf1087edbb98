package io.magpie.operation;

import java.util.Optional;

/**
 * The other end of a request.
 *
 * @param address the client's address, as the trusted proxies tell it
 * @param agent its User-Agent, cut to 200 characters, empty if none
 * @param cookie the session cookie, where one came and may be used (right origin, CSRF header)
 */
public record Peer(String address, String agent, Optional<String> cookie) {}
