package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.stream.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  private static final UUID STREAM = UUID.randomUUID();

  private static Event event(long seq, String data) {
    return new Event(
        STREAM, seq, "message.sent", UUID.randomUUID(), Instant.ofEpochMilli(seq * 1_000), data);
  }

  @Test
  void events_come_out_as_they_went_in() {
    List<Event> events = List.of(event(1, "{\"text\":\"你好，世界 😀\"}"), event(2, "{}"));
    List<EventCodec.Hint> hints = EventCodec.decode(STREAM, EventCodec.encode(events));
    assertThat(hints.stream().map(hint -> hint.event().json()).toList())
        .isEqualTo(events.stream().map(Event::json).toList());
  }

  @Test
  void a_large_event_travels_as_its_number() {
    Event large = event(7, "{\"text\":\"" + "长".repeat(EventCodec.MAX_DATA / 3) + "\"}");
    byte[] bytes = EventCodec.encode(List.of(large, event(8, "{}")));
    assertThat(bytes.length).isLessThan(200);
    List<EventCodec.Hint> hints = EventCodec.decode(STREAM, bytes);
    assertThat(hints.get(0).seq()).isEqualTo(7);
    assertThat(hints.get(0).whole()).isFalse();
    assertThat(hints.get(1).whole()).isTrue();
  }

  @Test
  void what_is_cut_off_anywhere_is_refused() {
    byte[] bytes = EventCodec.encode(List.of(event(1, "{\"text\":\"x\"}")));
    for (int i = 1; i < bytes.length; i++) {
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> EventCodec.decode(STREAM, cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void signals_come_out_as_they_went_in_and_cut_ones_are_refused() {
    Signal signal = new Signal(STREAM, UUID.randomUUID(), "typing", "{\"kind\":\"typing\"}");
    Signal read = SignalCodec.decode(STREAM, SignalCodec.encode(signal));
    assertThat(read.key()).isEqualTo(signal.key());
    assertThat(read.json()).isEqualTo(signal.json());
    assertThatThrownBy(() -> SignalCodec.decode(STREAM, new byte[10]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
