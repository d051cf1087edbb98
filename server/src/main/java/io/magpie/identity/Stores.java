package io.magpie.identity;

import io.magpie.storage.Database;
import java.time.Clock;

/** The tables of this feature. */
record Stores(
    UserStore users,
    CredentialStore credentials,
    SessionStore sessions,
    RefreshStore refreshTokens,
    RevocationStore revocations,
    LinkStore links,
    AppStore apps) {

  static Stores of(Database database, Clock clock) {
    return new Stores(
        new UserStore(database, clock),
        new CredentialStore(database),
        new SessionStore(database, clock),
        new RefreshStore(clock),
        new RevocationStore(database),
        new LinkStore(database, clock),
        new AppStore(database, clock));
  }
}
