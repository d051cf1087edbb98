package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.fanout.Broadcast;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** S-D14: what a user may ask holds for all nodes together. */
class SharedRatesTest {
  /** For a user 60 a second, 180 at once. */
  private static final GatewayLimits LIMITS = LimitsForTests.WIDE;

  private static final UUID FLOOD = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private long now;
  private int messages;
  private final List<Wire> wires = new ArrayList<>();
  private final List<UserRates> rates = new ArrayList<>();
  private final List<SharedRates> nodes = new ArrayList<>();

  /** Carries what a node sends to all the others, at once. */
  private final class Wire implements Broadcast {
    private final List<Consumer<String>> listeners = new ArrayList<>();

    @Override
    public void send(String topic, String json) {
      assertThat(json.length()).isLessThan(64 * 1024);
      messages++;
      wires.stream()
          .filter(other -> other != this)
          .forEach(other -> other.listeners.forEach(listener -> listener.accept(json)));
    }

    @Override
    public void listen(String topic, Consumer<String> listener) {
      listeners.add(listener);
    }
  }

  private void nodes(int count) {
    for (int i = 0; i < count; i++) {
      Wire wire = new Wire();
      wires.add(wire);
      rates.add(new UserRates(LIMITS, () -> now));
      nodes.add(new SharedRates(rates.get(i), wire));
    }
  }

  private boolean asks(int node, UUID user) {
    try {
      rates.get(node).admit(user);
      return true;
    } catch (RequestError limited) {
      return false;
    }
  }

  /** Each second 200 requests on each node; what was let in. */
  private int floods(int seconds, boolean told) {
    int taken = 0;
    for (int second = 0; second < seconds; second++) {
      for (int step = 0; step < 200; step++) {
        now += 5_000_000;
        for (int node = 0; node < rates.size(); node++) {
          taken += asks(node, FLOOD) ? 1 : 0;
        }
      }
      if (told) {
        nodes.forEach(SharedRates::tell);
      }
    }
    return taken;
  }

  @Test
  void S_D14_a_flood_over_three_nodes_gets_little_more_than_at_one() {
    nodes(3);
    assertThat(floods(60, true)).isBetween(60 * 60, 60 * 60 * 4 / 3);
    assertThat(asks(1, OTHER)).as("somebody else").isTrue();
  }

  @Test
  void each_node_limits_for_itself_while_nothing_is_told() {
    nodes(3);
    assertThat(floods(60, false)).isGreaterThan(3 * 60 * 60);
  }

  @Test
  void whoever_asks_little_is_not_talked_about() {
    nodes(2);
    for (int second = 0; second < 10; second++) {
      for (int i = 0; i < 5; i++) {
        now += 200_000_000;
        assertThat(asks(second % 2, OTHER)).isTrue();
      }
      nodes.forEach(SharedRates::tell);
    }
    assertThat(messages).isZero();
  }

  @Test
  void a_flood_that_ends_is_forgotten_within_seconds() {
    nodes(3);
    floods(10, true);
    now += Duration.ofSeconds(4).toNanos();
    assertThat(asks(0, FLOOD) && asks(1, FLOOD) && asks(2, FLOOD)).isTrue();
  }

  @Test
  void many_floods_fit_a_message() {
    nodes(2);
    for (int user = 0; user < 3_000; user++) {
      for (int i = 0; i < 20; i++) {
        asks(0, new UUID(1, user));
      }
    }
    nodes.forEach(SharedRates::tell);
    assertThat(messages).isEqualTo(1);
  }
}
