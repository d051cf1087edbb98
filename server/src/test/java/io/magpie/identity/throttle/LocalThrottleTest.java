package io.magpie.identity.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.identity.TestClock;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalThrottleTest {
  private final TestClock clock = new TestClock();
  private final LoginThrottle throttle = new LocalThrottle(clock, LoginLimits.DEFAULT);

  /** Milliseconds to wait, 0 when the try was let through. */
  private long begin(Try attempt) {
    Future<Void> begun = throttle.begin(attempt);
    if (begun.succeeded()) {
      return 0;
    }
    RequestError refused = (RequestError) begun.cause();
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    return refused.retryAfterMs().orElseThrow();
  }

  private static Try from(int address) {
    return new Try("zhang.wei", "198.51.100." + address, false);
  }

  @Test
  void waits_grow_from_one_second_to_sixty_and_never_longer() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      assertThat(begin(from(i))).isZero();
      long wait = begin(from(i));
      waits.add(wait);
      clock.advance(Duration.ofMillis(wait));
      if (wait == 0) {
        i++; // that look was let through and counted
      }
    }
    waits.removeIf(wait -> wait == 0);
    assertThat(waits.subList(0, 8))
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
  }

  @Test
  void hundred_guesses_from_hundred_addresses_are_ten_a_minute() {
    int evaluated = 0;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        if (begin(from(i)) == 0) {
          evaluated++;
        }
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(evaluated).isBetween(5, 10);
    assertThat(begin(new Try("zhang.wei", "203.0.113.1", true)))
        .as("the owner at a known address")
        .isZero();
    clock.advance(ThrottleRule.MAX_WAIT);
    assertThat(begin(from(7))).as("never locked for good").isZero();
  }

  @Test
  void known_addresses_have_the_same_limits_of_their_own() {
    Try known = new Try("zhang.wei", "203.0.113.1", true);
    int evaluated = 0;
    for (int i = 0; i < 100; i++) {
      evaluated += begin(known) == 0 ? 1 : 0;
    }
    assertThat(evaluated).isEqualTo(5);
  }

  @Test
  void success_forgets_the_failures_of_the_account() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 4; i++) {
        assertThat(begin(from(1))).isZero();
      }
      throttle.succeeded(from(1));
    }
  }

  @Test
  void successes_of_an_office_are_not_counted_against_its_address() {
    for (int i = 0; i < 1_000; i++) {
      Try attempt = new Try("user" + i, "203.0.113.1", false);
      assertThat(begin(attempt)).isZero();
      throttle.succeeded(attempt);
    }
  }

  @Test
  void an_address_may_fail_hundred_times_a_minute() {
    int evaluated = 0;
    for (int i = 0; i < 300; i++) {
      evaluated += begin(new Try("user" + i, "203.0.113.1", false)) == 0 ? 1 : 0;
    }
    assertThat(evaluated).isEqualTo(100);
    clock.advance(Duration.ofMinutes(1));
    assertThat(begin(new Try("somebody", "203.0.113.1", false))).isZero();
  }

  @Test
  void tries_that_were_not_evaluated_are_taken_back() {
    for (int i = 0; i < 200; i++) {
      assertThat(begin(from(1))).isZero();
      throttle.abandoned(from(1));
    }
  }

  @Test
  void failures_are_forgotten_after_fifteen_quiet_minutes() {
    for (int i = 0; i < 5; i++) {
      begin(from(1));
    }
    clock.advance(Duration.ofMinutes(15));
    for (int i = 0; i < 5; i++) {
      assertThat(begin(from(1))).isZero();
    }
  }
}
