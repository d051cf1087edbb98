package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The times of a connection. */
class PulseTest {
  private static final GatewayLimits LIMITS =
      LimitsForTests.times(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(2));

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  /** Nothing is read of a client whose hello is in work, for longer than it may be silent. */
  @Test
  void a_client_that_waited_long_for_its_welcome_is_not_taken_for_silent() {
    Pulse pulse = new Pulse(LIMITS, 0);
    pulse.heard(seconds(0.1));
    assertThat(pulse.late(seconds(20))).isFalse();
    pulse.welcomed(seconds(20));
    assertThat(pulse.silent(seconds(21))).isFalse();
    assertThat(pulse.silent(seconds(22.1))).isTrue();
  }

  @Test
  void a_heartbeat_is_due_once_each_interval() {
    Pulse pulse = new Pulse(LIMITS, 0);
    pulse.welcomed(seconds(5));
    assertThat(pulse.beats(seconds(5.5))).isFalse();
    assertThat(pulse.beats(seconds(6.1))).isTrue();
    assertThat(pulse.beats(seconds(6.2))).isFalse();
    assertThat(pulse.beats(seconds(7.2))).isTrue();
  }

  @Test
  void the_time_for_a_hello_is_bounded_whatever_is_heard() {
    Pulse pulse = new Pulse(LIMITS, 0);
    pulse.heard(seconds(29));
    assertThat(pulse.late(seconds(30.1))).isTrue();
  }
}
