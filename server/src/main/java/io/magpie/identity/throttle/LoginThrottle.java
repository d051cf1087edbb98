package io.magpie.identity.throttle;

import io.vertx.core.Future;

/**
 * Slows down guessing of passwords. A try counts as failed when it begins and is taken back when it
 * succeeds, so a hundred at once are not a hundred free ones.
 */
public interface LoginThrottle {
  /**
   * Counts a try.
   *
   * @return fails with RequestError {@code rate_limited} and the wait, when there were too many
   */
  Future<Void> begin(Try attempt);

  /**
   * The password was right: forgets the account's failures and takes this try of the address back.
   */
  Future<Void> succeeded(Try attempt);

  /** It was never found out whether the password was right: takes the try back. */
  Future<Void> abandoned(Try attempt);
}
