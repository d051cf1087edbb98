package io.magpie.bench.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkersTest {
  private final Markers markers = new Markers(40);

  private List<Integer> found(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    List<Integer> ids = new ArrayList<>();
    markers.find(bytes, 0, bytes.length, ids::add);
    return ids;
  }

  private String body(int id) {
    return new String(markers.body(id), US_ASCII);
  }

  @Test
  void a_body_has_its_length_and_nothing_that_json_escapes() {
    assertThat(body(0xbeef)).hasSize(40).startsWith("~0000beef x").matches("[~0-9a-f x]+");
  }

  @Test
  void a_mark_is_found_at_every_place() {
    for (int before = 0; before < 20; before++) {
      assertThat(found("{".repeat(before) + body(before) + "}]}")).containsExactly(before);
    }
  }

  @Test
  void every_event_of_a_frame_is_found_in_its_order() {
    assertThat(found("[" + body(7) + "," + body(1) + "," + body(Integer.MAX_VALUE) + "]"))
        .containsExactly(7, 1, Integer.MAX_VALUE);
  }

  @Test
  void nothing_is_found_in_other_text_or_in_half_a_body() {
    assertThat(found("{\"type\":\"heartbeat\",\"at\":\"2026-01-01T00:00:00Z\"}")).isEmpty();
    assertThat(found(body(3).substring(0, 39))).isEmpty();
  }

  @Test
  void the_next_mark_is_the_first_one() {
    byte[] bytes = "abc~defghijklmnop~".getBytes(US_ASCII);
    assertThat(Markers.next(bytes, 0, bytes.length)).isEqualTo(3);
    assertThat(Markers.next(bytes, 4, bytes.length)).isEqualTo(17);
    assertThat(Markers.next(bytes, 4, 17)).isEqualTo(-1);
  }
}
