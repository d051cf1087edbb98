package io.magpie.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * This node among the others.
 *
 * @param id its name; empty makes a new one at each start
 * @param lease how long the others believe in it after it was last heard of
 * @param warmUp how long it rehearses at most before it is ready; zero for not at all
 */
public record NodeConfig(Optional<String> id, Duration lease, Duration warmUp) {

  static NodeConfig from(Values values) {
    return new NodeConfig(
        values.find(SettingsTable.NODE_ID),
        values.get(SettingsTable.NODE_LEASE),
        values.get(SettingsTable.WARM_UP));
  }
}
