package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.operation.Shedding;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused unread, and what has to be read. */
class ShedderTest {
  private static final UUID FULL = UUID.fromString("00000000-0000-4000-8000-0000000000f1");
  private static final UUID FREE = UUID.fromString("00000000-0000-4000-8000-0000000000f2");
  private static final RequestError BUSY =
      RequestError.retryAfter(ErrorCode.OVERLOADED, Duration.ofSeconds(1));

  private final Set<UUID> full = new HashSet<>(Set.of(FULL));
  private final Shedder shedder =
      new Shedder(
          List.of(
              new Shedding("test.write", "stream", () -> !full.isEmpty(), full::contains, BUSY)));

  private Optional<Shedder.Shed> look(String text) {
    return look(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private Optional<Shedder.Shed> look(ByteBuf text) {
    try {
      return shedder.look(text);
    } finally {
      text.release();
    }
  }

  private static String request(String id, UUID stream) {
    return "{\"type\":\"request\",\"id\":%s,\"op\":\"test.write\",\"params\":{\"stream\":\"%s\"}}"
        .formatted(id, stream);
  }

  @Test
  void a_full_stream_is_told_in_the_bytes_of_any_other_reply() {
    for (long id : new long[] {1, 90, 123_456_789_012_345L}) {
      Shedder.Shed shed = look(request(String.valueOf(id), FULL)).orElseThrow();
      assertThat(shed.id()).isEqualTo(id);
      assertThat(shed.operation()).isEqualTo("test.write");
      assertThat(shed.reply()).isEqualTo(new ServerFrame.ReplyError(id, ErrorBody.of(BUSY)).utf8());
    }
  }

  @Test
  void only_streams_without_room_are_refused() {
    assertThat(look(request("1", FREE))).isEmpty();
    assertThat(shedder.pressed()).isTrue();
    full.clear();
    assertThat(shedder.pressed()).isFalse();
  }

  @Test
  void a_text_that_begins_in_the_middle_of_a_buffer_is_found() {
    ByteBuf text = Unpooled.copiedBuffer("xx" + request("7", FULL), StandardCharsets.UTF_8);
    assertThat(look(text.skipBytes(2)).orElseThrow().id()).isEqualTo(7);
  }

  /** Whoever writes it in another way is refused by the operation itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"type\":\"heartbeat\"}",
        "{\"type\":\"request\",\"id\":",
        "{\"type\":\"request\",\"id\":1",
        "{\"type\":\"request\",\"id\":-1,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":0,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":01,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":1.0,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":1234567890123456,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":1,\"op\":\"test.read\",\"params\":{\"stream\":\"F\"}}",
        "{\"type\":\"request\",\"id\":1,\"op\":\"test.write\",\"params\":{\"stream\":\"F",
        "{\"type\":\"request\",\"id\":1,\"op\":\"test.write\",\"params\":{\"stream\":\"F0\"}}",
        "{\"type\":\"request\",\"id\":1,\"op\":\"test.write\",\"params\":{\"stream\":\"no id, but 36 characters are here ok\"}}",
        "{\"type\":\"request\", \"id\":1,\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
        "{\"id\":1,\"type\":\"request\",\"op\":\"test.write\",\"params\":{\"stream\":\"F\"}}",
      })
  void anything_else_has_to_be_read(String text) {
    assertThat(look(text.replace("\"F", "\"" + FULL))).isEmpty();
  }

  /** RFC 6455, 8.1: who sends what is no UTF-8 is closed, also by a server that is busy. */
  @Test
  void what_is_not_utf8_has_to_be_read() {
    ByteBuf text = Unpooled.buffer();
    text.writeCharSequence(request("1", FULL), StandardCharsets.UTF_8);
    assertThat(look(text.writeByte(0xC3).writeByte('('))).isEmpty();
  }
}
