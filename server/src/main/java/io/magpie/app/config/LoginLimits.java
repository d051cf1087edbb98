package io.magpie.app.config;

/**
 * How often a login may fail in a minute.
 *
 * @param failuresPerAccount for one account
 * @param failuresPerAddress from one client address
 */
public record LoginLimits(int failuresPerAccount, int failuresPerAddress) {

  static LoginLimits from(Values values) {
    return new LoginLimits(
        values.get(SettingsTable.LOGIN_FAILURES_PER_ACCOUNT),
        values.get(SettingsTable.LOGIN_FAILURES_PER_ADDRESS));
  }
}
