package io.magpie.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How the HTTP edge behaves.
 *
 * @param host name that the server was told to bind
 * @param origins other origins that may call, exact
 * @param trustedProxy whose forwarding headers are believed
 * @param tls whether the server speaks TLS itself
 * @param apiPage whether contract and API page are served
 * @param bodyBytes a request's body at most
 * @param requestsPerSecond of one session or address, in the long run
 * @param requestsBurst of one session or address at once
 * @param requestDeadline from the first byte of a connection or body to its end
 * @param plainConnections TCP connections of this node that are no WebSockets
 */
public record HttpSettings(
    String host,
    List<String> origins,
    Predicate<InetAddress> trustedProxy,
    boolean tls,
    boolean apiPage,
    int bodyBytes,
    int requestsPerSecond,
    int requestsBurst,
    Duration requestDeadline,
    int plainConnections) {}
