package io.magpie.faults.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Cases that do not end. */
class TimeLimitTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void what_ends_in_time_is_returned_or_thrown_as_it_was() throws Exception {
    assertThat(TimeLimit.within(LONG, () -> 7, () -> {})).isEqualTo(7);
    IllegalStateException broken = new IllegalStateException("broken");
    assertThatThrownBy(
            () ->
                TimeLimit.within(
                    LONG,
                    () -> {
                      throw broken;
                    },
                    () -> {}))
        .isSameAs(broken);
  }

  @Test
  void what_does_not_end_is_interrupted_and_released() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                TimeLimit.within(
                    Duration.ofMillis(50),
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                      return released.await(1, TimeUnit.MINUTES);
                    },
                    released::countDown))
        .isInstanceOf(TimeoutException.class);
    assertThat(interrupted.getCount()).isZero();
    assertThat(released.getCount()).isZero();
  }
}
