package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private static final long GRACE = Duration.ofSeconds(3).toNanos();
  private static final UUID NA = UUID.randomUUID();
  private static final UUID LAPTOP = UUID.randomUUID();
  private static final UUID PHONE = UUID.randomUUID();

  private final Devices devices = new Devices(Duration.ofSeconds(3));

  private Map<UUID, Activity> tell(long now) {
    Map<UUID, Activity> untold = devices.untold(now, 100);
    devices.told(untold);
    return untold;
  }

  @Test
  void active_on_one_device_is_active_and_idle_on_all_is_idle() {
    devices.connected(NA, LAPTOP);
    devices.connected(NA, PHONE);
    assertThat(tell(0)).containsExactly(Map.entry(NA, Activity.ACTIVE));
    devices.active(NA, LAPTOP, false);
    assertThat(tell(0)).isEmpty();
    devices.active(NA, PHONE, false);
    assertThat(tell(0)).containsExactly(Map.entry(NA, Activity.IDLE));
    devices.active(NA, UUID.randomUUID(), true);
    assertThat(tell(0)).isEmpty();
  }

  @Test
  void who_leaves_is_gone_after_the_grace_and_forgotten() {
    devices.connected(NA, LAPTOP);
    tell(0);
    devices.disconnected(NA, LAPTOP, 10);
    assertThat(tell(GRACE)).isEmpty();
    assertThat(devices.size()).isOne();
    assertThat(tell(10 + GRACE)).containsExactly(Map.entry(NA, Activity.GONE));
    assertThat(devices.size()).isZero();
  }

  @Test
  void who_comes_back_in_time_never_left() {
    devices.connected(NA, LAPTOP);
    tell(0);
    devices.disconnected(NA, LAPTOP, 0);
    devices.connected(NA, PHONE);
    assertThat(tell(2 * GRACE)).isEmpty();
  }

  @Test
  void who_came_and_left_before_anything_was_told_is_never_told() {
    devices.connected(NA, LAPTOP);
    devices.disconnected(NA, LAPTOP, 0);
    assertThat(tell(0)).isEmpty();
    assertThat(tell(2 * GRACE)).isEmpty();
    assertThat(devices.size()).isZero();
  }

  @Test
  void what_may_not_have_arrived_is_told_again_even_when_it_is_as_before() {
    devices.connected(NA, LAPTOP);
    tell(0);
    devices.active(NA, LAPTOP, false);
    devices.unsure(devices.untold(0, 100));
    devices.active(NA, LAPTOP, true);
    assertThat(tell(0)).containsExactly(Map.entry(NA, Activity.ACTIVE));
    assertThat(tell(0)).isEmpty();
  }

  @Test
  void under_a_new_lease_those_who_are_here_are_told_and_those_who_left_are_not() {
    UUID fang = UUID.randomUUID();
    devices.connected(NA, LAPTOP);
    devices.connected(fang, PHONE);
    tell(0);
    devices.disconnected(fang, PHONE, 0);
    devices.tellAll();
    assertThat(tell(1)).containsExactly(Map.entry(NA, Activity.ACTIVE));
    assertThat(devices.size()).isOne();
  }

  @Test
  void a_storm_is_told_in_batches() {
    for (int i = 0; i < 250; i++) {
      devices.connected(UUID.randomUUID(), UUID.randomUUID());
    }
    assertThat(tell(0)).hasSize(100);
    assertThat(tell(0)).hasSize(100);
    assertThat(tell(0)).hasSize(50);
    assertThat(tell(0)).isEmpty();
  }
}
