package io.magpie.app.config;

/**
 * The port of metrics and details, which has no login.
 *
 * @param host address to bind, loopback by default
 * @param port port to bind; 0 takes any free one
 */
public record ManagementConfig(String host, int port) {

  static ManagementConfig from(Values values) {
    return new ManagementConfig(
        values.get(SettingsTable.MANAGEMENT_HOST), values.get(SettingsTable.MANAGEMENT_PORT));
  }
}
