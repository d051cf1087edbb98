package io.magpie.app.config;

import java.time.Duration;
import java.util.List;

/**
 * What somebody may have before {@code hello} is finished.
 *
 * @param deadline time from TCP accept
 * @param perNode sockets of a node
 * @param perAddress sockets of a client address
 * @param exemptNetworks addresses without a limit per address
 * @param plainConnections TCP connections of a node that are no WebSockets
 */
public record UnauthenticatedLimits(
    Duration deadline,
    int perNode,
    int perAddress,
    List<Cidr> exemptNetworks,
    int plainConnections) {

  static UnauthenticatedLimits from(Values values) {
    return new UnauthenticatedLimits(
        values.get(LimitsTable.UNAUTHENTICATED_DEADLINE),
        values.get(LimitsTable.UNAUTHENTICATED_PER_NODE),
        values.get(LimitsTable.UNAUTHENTICATED_PER_ADDRESS),
        values.get(LimitsTable.EXEMPT_NETWORKS),
        values.get(LimitsTable.PLAIN_CONNECTIONS));
  }
}
