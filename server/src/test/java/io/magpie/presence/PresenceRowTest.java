package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceRowTest {
  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final Status LUNCH =
      new Status(Optional.of("🍜"), "lunch", Optional.of(NOW.plusSeconds(1)));

  private static Presence shown(Activity devices, String availability, String lastSeen) {
    PresenceSettings settings = new PresenceSettings(availability, Optional.of(LUNCH), lastSeen);
    return new PresenceRow(
            UUID.randomUUID(), devices, settings, Optional.of(NOW.minusSeconds(60)), 7)
        .shown(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, auto, online",
    "IDLE, auto, away",
    "GONE, auto, offline",
    "ACTIVE, away, away",
    "ACTIVE, busy, busy",
    "IDLE, busy, busy",
    "GONE, busy, offline",
    "IDLE, do_not_disturb, do_not_disturb",
    "GONE, do_not_disturb, offline",
    "ACTIVE, offline, offline",
    "GONE, offline, offline"
  })
  void choice_wins_while_somebody_is_connected(
      Activity devices, String availability, String state) {
    assertThat(shown(devices, availability, "everybody").state()).isEqualTo(state);
  }

  @Test
  void last_seen_shows_only_while_offline_to_whom_it_may() {
    assertThat(shown(Activity.GONE, "auto", "everybody").lastSeenAt()).isPresent();
    assertThat(shown(Activity.GONE, "auto", "nobody").lastSeenAt()).isEmpty();
    assertThat(shown(Activity.IDLE, "auto", "everybody").lastSeenAt()).isEmpty();
    assertThat(shown(Activity.GONE, "offline", "everybody").lastSeenAt()).isEmpty();
  }

  @Test
  void who_appears_offline_shows_no_status() {
    assertThat(shown(Activity.ACTIVE, "offline", "everybody").status()).isEmpty();
    assertThat(shown(Activity.GONE, "auto", "everybody").status()).contains(LUNCH);
  }

  @Test
  void a_status_is_over_at_its_time() {
    PresenceSettings settings = PresenceSettings.DEFAULT.with(Optional.of(LUNCH));
    PresenceRow row =
        new PresenceRow(UUID.randomUUID(), Activity.ACTIVE, settings, Optional.empty(), 1);
    assertThat(row.shown(NOW).status()).isPresent();
    assertThat(row.shown(NOW.plusSeconds(1)).status()).isEmpty();
  }
}
