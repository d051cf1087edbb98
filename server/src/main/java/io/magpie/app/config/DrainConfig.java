package io.magpie.app.config;

import java.time.Duration;

/**
 * How a node stops.
 *
 * @param delay from not being ready to the first client that is sent away
 * @param time in which the clients are sent away, after the delay
 */
public record DrainConfig(Duration delay, Duration time) {

  static DrainConfig from(Values values) {
    return new DrainConfig(
        values.get(SettingsTable.DRAIN_DELAY), values.get(SettingsTable.DRAIN_TIME));
  }
}
