package io.magpie.presence;

import java.util.Optional;

/**
 * {@code PresenceSettings} and {@code data.presence.changed} of the contract: what a user chose.
 *
 * @param lastSeen {@code everybody} or {@code nobody} sees when the user was there last
 */
record PresenceSettings(String availability, Optional<Status> status, String lastSeen) {
  static final String[] LAST_SEEN = {"everybody", "nobody"};

  static final PresenceSettings DEFAULT =
      new PresenceSettings(Availability.AUTO.code(), Optional.empty(), LAST_SEEN[0]);

  boolean invisible() {
    return availability.equals(Availability.OFFLINE.code());
  }

  PresenceSettings with(Optional<Status> other) {
    return new PresenceSettings(availability, other, lastSeen);
  }
}
