package io.magpie.identity.throttle;

import io.magpie.identity.token.Sha256;
import java.util.Base64;

/**
 * A try to log in, as it is counted.
 *
 * <p>Tries from an address where this account logged in within the last 30 days are counted apart
 * from all others: whoever guesses from elsewhere cannot keep the owner out (S-A21), and one who
 * guesses from the owner's address has the same limits as anywhere.
 *
 * @param username folded to lower case; need not exist
 * @param address of the client
 * @param known whether the account logged in from there lately
 */
public record Try(String username, String address, boolean known) {

  /** Names the account's counter; hashed, for what was typed may be a password by mistake. */
  String accountKey() {
    return "user:" + digest(known ? username + "\n" + address : username);
  }

  String addressKey() {
    return "addr:" + digest(address);
  }

  private static String digest(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(text).getBytes(0, 16));
  }
}
