package io.magpie.app.config;

import java.time.Duration;

/**
 * What holds for an open connection.
 *
 * @param perUser sockets of a user on a node
 * @param heartbeat interval of heartbeats
 * @param readIdle longest silence of the client
 */
public record ConnectionLimits(int perUser, Duration heartbeat, Duration readIdle) {

  static ConnectionLimits from(Values values) {
    return new ConnectionLimits(
        values.get(LimitsTable.SOCKETS_PER_USER),
        values.get(LimitsTable.HEARTBEAT),
        values.get(LimitsTable.READ_IDLE));
  }
}
