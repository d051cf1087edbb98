package io.magpie.gateway;

import io.magpie.protocol.ServerFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What all connections of a node share and tell their clients.
 *
 * @param node name of this server process
 * @param epoch of the database
 * @param leeway how long after its expiry an access token still counts
 * @param welcome the limits as clients see them
 */
public record GatewaySettings(
    String node,
    UUID epoch,
    Duration leeway,
    List<String> features,
    ServerFrame.Limits welcome,
    GatewayLimits limits,
    Clock clock) {}
