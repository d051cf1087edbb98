package io.magpie.app.config;

import java.time.Duration;

/**
 * What a message may be, and how long it may be changed.
 *
 * @param codePoints longest text in Unicode code points
 * @param bytes longest text in UTF-8 bytes
 * @param recallWindow how long it may be recalled
 * @param editWindow how long it may be edited
 */
public record MessageLimits(int codePoints, int bytes, Duration recallWindow, Duration editWindow) {

  static MessageLimits from(Values values) {
    return new MessageLimits(
        values.get(LimitsTable.MESSAGE_CODE_POINTS),
        Math.toIntExact(values.get(LimitsTable.MESSAGE_BYTES)),
        values.get(LimitsTable.RECALL_WINDOW),
        values.get(LimitsTable.EDIT_WINDOW));
  }
}
