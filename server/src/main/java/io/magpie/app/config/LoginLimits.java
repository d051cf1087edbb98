package io.magpie.app.config;

/**
 * How often a login may fail before the tries must wait.
 *
 * @param failuresPerAccount of one account
 * @param failuresPerAddress from one client address in a minute
 */
public record LoginLimits(int failuresPerAccount, int failuresPerAddress) {

  static LoginLimits from(Values values) {
    return new LoginLimits(
        values.get(LimitsTable.LOGIN_FAILURES_PER_ACCOUNT),
        values.get(LimitsTable.LOGIN_FAILURES_PER_ADDRESS));
  }
}
