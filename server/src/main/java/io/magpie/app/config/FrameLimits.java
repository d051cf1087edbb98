package io.magpie.app.config;

/**
 * What one connection may send.
 *
 * @param bytes largest message
 * @param perSecond frames per second over time
 * @param burst frames at once
 * @param controlPerSecond pings and pongs per second
 */
public record FrameLimits(int bytes, int perSecond, int burst, int controlPerSecond) {

  static FrameLimits from(Values values) {
    return new FrameLimits(
        Math.toIntExact(values.get(LimitsTable.FRAME_BYTES)),
        values.get(LimitsTable.FRAMES_PER_SECOND),
        values.get(LimitsTable.FRAMES_BURST),
        values.get(LimitsTable.CONTROL_FRAMES_PER_SECOND));
  }
}
