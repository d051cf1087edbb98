package io.magpie.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypingPaceTest {
  private static final Instant NOW = Instant.parse("2026-01-31T08:15:30Z");

  private final TypingPace pace = new TypingPace();
  private final UUID user = UUID.randomUUID();

  @Test
  void one_passes_in_two_seconds() {
    UUID group = UUID.randomUUID();
    assertThat(pace.pass(group, user, NOW)).isTrue();
    assertThat(pace.pass(group, user, NOW.plusMillis(1_999))).isFalse();
    assertThat(pace.pass(UUID.randomUUID(), user, NOW)).isTrue();
    assertThat(pace.pass(group, user, NOW.plusMillis(2_000))).isTrue();
  }

  @Test
  void a_clock_that_was_set_back_silences_nobody() {
    UUID group = UUID.randomUUID();
    assertThat(pace.pass(group, user, NOW)).isTrue();
    assertThat(pace.pass(group, user, NOW.minusSeconds(3_600))).isTrue();
    assertThat(pace.pass(group, user, NOW.minusSeconds(3_600))).isFalse();
  }

  @Test
  void many_who_type_are_remembered_until_their_time_is_over() {
    UUID group = UUID.randomUUID();
    pace.pass(group, user, NOW);
    for (int i = 0; i < 20_000; i++) {
      assertThat(pace.pass(UUID.randomUUID(), user, NOW.plusMillis(500))).isTrue();
    }
    assertThat(pace.size()).isEqualTo(20_001);
    assertThat(pace.pass(group, user, NOW.plusMillis(1_000))).isFalse();
    pace.pass(group, user, NOW.plusMillis(2_500));
    assertThat(pace.size()).isEqualTo(1);
  }
}
