package io.magpie.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Plan.Usual USUAL =
      new Plan.Usual(Crowd.of(100, 10), Duration.ofSeconds(5), Duration.ofMinutes(1), 20);

  private static Plan plan(Map<String, String> values) {
    return Plan.read(SettingsTest.of(values), USUAL);
  }

  @Test
  void groups_share_the_users_unless_a_size_is_given() {
    assertEquals(new Crowd(100, 10, 10), plan(Map.of()).crowd());
    assertEquals(new Crowd(400, 10, 40), plan(Map.of("users", "400")).crowd());
    assertEquals(new Crowd(4, 2, 2), plan(Map.of("users", "4")).crowd());
    assertEquals(new Crowd(100, 10, 50), plan(Map.of("groupSize", "50")).crowd());
  }

  @Test
  void a_group_larger_than_the_crowd_names_the_way_out() {
    Refusal refusal = assertThrows(Refusal.class, () -> plan(Map.of("groupSize", "500")));
    assertTrue(refusal.getMessage().contains("-Dusers=500"), refusal.getMessage());
  }

  @Test
  void the_rate_is_of_all_users_together() {
    assertEquals(Duration.ofSeconds(5), plan(Map.of()).interval());
    assertEquals(Duration.ofMillis(50), plan(Map.of("rate", "2000")).interval());
  }

  @Test
  void sockets_go_to_the_same_server() {
    assertEquals("ws://localhost:8080", plan(Map.of()).socketUrl());
    Plan plan = plan(Map.of("baseUrl", "https://chat.example.com/"));
    assertEquals("wss://chat.example.com", plan.socketUrl());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "ftp://a",
        "http://",
        "http://a/b",
        "http://a?x=1",
        "http://a b"
      })
  void other_addresses_are_refused(String address) {
    assertThrows(Refusal.class, () -> plan(Map.of("baseUrl", address)));
  }

  @Test
  void a_text_has_room_for_the_time_of_sending() {
    assertThrows(Refusal.class, () -> plan(Map.of("body", "10")));
  }
}
