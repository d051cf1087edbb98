package io.magpie.identity.throttle;

import java.time.Duration;

/**
 * How many failed logins are free before the waits begin.
 *
 * @param perAccount failures of one account that are free; the default lets at most 10 tries
 *     through in any minute and one a minute in the end
 * @param perAddress failures a minute from one client address: an office has many who mistype
 */
public record LoginLimits(int perAccount, int perAddress) {
  public static final LoginLimits DEFAULT = new LoginLimits(5, 100);

  ThrottleRule account() {
    return new ThrottleRule(perAccount, Duration.ofMinutes(15), true);
  }

  ThrottleRule address() {
    return new ThrottleRule(perAddress, Duration.ofMinutes(1), false);
  }
}
