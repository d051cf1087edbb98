package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelloGateTest {
  private static final long MS = 1_000_000;

  private long now;
  private Optional<Runnable> alarm = Optional.empty();
  private long alarmAt;
  private final List<String> begun = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();

  private HelloGate gate(int perSecond, int burst, int atOnce, int waiting) {
    return new HelloGate(
        new HelloGate.Limits(perSecond, burst, atOnce, waiting),
        () -> now,
        (millis, work) -> {
          alarmAt = now + millis * MS;
          alarm = Optional.of(work);
        });
  }

  private HelloGate.Hello hello(String name) {
    return new HelloGate.Hello() {
      @Override
      public boolean over() {
        return gone.contains(name);
      }

      @Override
      public void begin() {
        begun.add(name);
      }
    };
  }

  private void ring() {
    Runnable work = alarm.orElseThrow();
    alarm = Optional.empty();
    now = alarmAt;
    work.run();
  }

  private RequestError refused(HelloGate gate, String name) {
    return catchThrowableOfType(RequestError.class, () -> gate.enter(hello(name)));
  }

  @Test
  void the_burst_goes_through_and_the_rest_at_the_rate_in_order() {
    HelloGate gate = gate(10, 2, 100, 100);
    for (String name : List.of("a", "b", "c", "d")) {
      gate.enter(hello(name));
    }
    assertThat(begun).containsExactly("a", "b");
    assertThat(gate.waiting()).isEqualTo(2);
    ring();
    assertThat(begun).containsExactly("a", "b", "c");
    assertThat(now).isEqualTo(100 * MS);
    ring();
    assertThat(begun).containsExactly("a", "b", "c", "d");
    assertThat(alarm).isEmpty();
  }

  @Test
  void no_more_than_allowed_run_at_once() {
    HelloGate gate = gate(1_000, 1_000, 2, 100);
    for (String name : List.of("a", "b", "c")) {
      gate.enter(hello(name));
    }
    assertThat(begun).containsExactly("a", "b");
    assertThat(gate.running()).isEqualTo(2);
    gate.left();
    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void who_went_away_takes_no_turn_and_no_place() {
    HelloGate gate = gate(1_000, 1_000, 1, 2);
    for (String name : List.of("a", "b", "c")) {
      gate.enter(hello(name));
    }
    gone.add("b");
    gate.enter(hello("d"));
    gate.left();
    gate.left();
    assertThat(begun).containsExactly("a", "c", "d");
  }

  @Test
  void whom_the_line_cannot_hold_comes_again_at_a_moment_of_their_own() {
    HelloGate gate = gate(10, 1, 1, 2);
    for (String name : List.of("a", "b", "c")) {
      gate.enter(hello(name));
    }
    RequestError first = refused(gate, "d");
    RequestError second = refused(gate, "e");
    assertThat(first.code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(first.retryAfterMs()).contains(300L);
    assertThat(second.retryAfterMs()).contains(400L);
  }

  @Test
  void nobody_waits_longer_than_half_a_minute() {
    HelloGate gate = gate(1, 1, 1, 1);
    gate.enter(hello("a"));
    gate.enter(hello("b"));
    for (int i = 0; i < 200; i++) {
      assertThat(refused(gate, "c").retryAfterMs().orElseThrow())
          .isBetween(1L, HelloGate.LONGEST.toMillis());
    }
  }
}
