package io.magpie.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is stored of one user.
 *
 * @param devices all devices on all nodes together
 * @param seenAt when the user was connected last, as far as others may know
 * @param version higher than that of every earlier row of this user
 */
record PresenceRow(
    UUID user,
    Activity devices,
    PresenceSettings settings,
    Optional<Instant> seenAt,
    long version) {

  /**
   * How others see it.
   *
   * @param now of the database's clock: a status that is over is not shown, whether or not somebody
   *     has removed it
   */
  Presence shown(Instant now) {
    String state = Availability.ofCode(settings.availability()).shown(devices);
    boolean offline = state.equals(Activity.GONE.code());
    boolean tells = !settings.invisible() && settings.lastSeen().equals("everybody");
    return new Presence(
        user,
        state,
        settings.invisible()
            ? Optional.empty()
            : settings.status().filter(status -> status.current(now)),
        offline && tells ? seenAt : Optional.empty(),
        version);
  }

  /** Whether nothing differs but the version. */
  boolean sameAs(PresenceRow other) {
    return devices == other.devices
        && settings.equals(other.settings)
        && seenAt.equals(other.seenAt);
  }
}
