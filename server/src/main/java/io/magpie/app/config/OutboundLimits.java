package io.magpie.app.config;

import java.time.Duration;

/**
 * What may wait for a slow reader.
 *
 * @param bytes bytes of a connection
 * @param messages frames of a connection
 * @param patience longest time without progress
 * @param totalBytes bytes of all connections of a node
 * @param gather how long a busy node lets things gather at most before it writes them
 */
public record OutboundLimits(
    int bytes, int messages, Duration patience, long totalBytes, Duration gather) {

  static OutboundLimits from(Values values) {
    return new OutboundLimits(
        Math.toIntExact(values.get(LimitsTable.OUTBOUND_BYTES)),
        values.get(LimitsTable.OUTBOUND_MESSAGES),
        values.get(LimitsTable.OUTBOUND_PATIENCE),
        values.get(LimitsTable.OUTBOUND_TOTAL_BYTES),
        values.get(LimitsTable.OUTBOUND_GATHER));
  }
}
