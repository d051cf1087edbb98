package io.magpie.security;

import static io.magpie.testkit.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that no good client sends (cases S-D01 to S-D07), written byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameAttacksIT {
  private static final int LIMIT = 64 * 1024;
  private static final Duration SOON = Duration.ofSeconds(8);

  private AttackedServer server;

  @BeforeAll
  void start() {
    server = new AttackedServer();
  }

  @AfterEach
  void nobody_else_noticed() {
    server.assertUndisturbed();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static byte[] letters(int count) {
    return "x".repeat(count).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void S_D01_one_frame_of_a_byte_too_many_closes_with_1009() {
    try (RawSocket socket = server.live()) {
      socket.trySend(frame(RawFrame.TEXT, true, letters(LIMIT + 1)));
      assertThat(socket.closedWithin(SOON)).isEqualTo(1009);
    }
  }

  @Test
  void S_D01_ten_fragments_of_a_byte_too_many_close_with_1009() {
    try (RawSocket socket = server.live()) {
      int part = LIMIT / 10 + 1;
      for (int i = 0; i < 10; i++) {
        socket.trySend(
            frame(i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION, i == 9, letters(part)));
      }
      assertThat(socket.closedWithin(SOON)).isEqualTo(1009);
    }
  }

  @Test
  void S_D01_a_message_of_exactly_the_limit_is_taken() throws Exception {
    try (RawSocket socket = server.live()) {
      String start = "{\"type\":\"request\",\"id\":1,\"op\":\"profile.get\",\"params\":{\"x\":\"";
      String end = "\"}}";
      String text = start + "x".repeat(LIMIT - start.length() - end.length()) + end;
      socket.text(text);
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("unknown_field");
    }
  }

  static Stream<Arguments> violations() {
    byte[] huge = {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
    byte[] negative = {(byte) 0x81, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
    byte[] reserved = frame(RawFrame.TEXT, true, letters(5));
    reserved[0] |= 0x40;
    byte[] opcode = frame(3, true, letters(5));
    byte[] control = frame(11, true, letters(5));
    byte[] unmasked = {(byte) 0x81, 2, '{', '}'};
    byte[] fragmentedPing = frame(RawFrame.PING, false, letters(3));
    byte[] longPing = frame(RawFrame.PING, true, letters(126));
    byte[] shortClose = frame(RawFrame.CLOSE, true, new byte[] {3});
    byte[] reservedClose = frame(RawFrame.CLOSE, true, new byte[] {3, (byte) 0xed});
    return Stream.of(
        Arguments.of("a length of 2^63-1", huge, 1009),
        Arguments.of("a negative length", negative, 1002),
        Arguments.of("a reserved bit", reserved, 1002),
        Arguments.of("an unknown opcode", opcode, 1002),
        Arguments.of("an unknown control opcode", control, 1002),
        Arguments.of("no mask", unmasked, 1002),
        Arguments.of("a fragmented ping", fragmentedPing, 1002),
        Arguments.of("a ping of 126 bytes", longPing, 1002),
        Arguments.of("a close frame of one byte", shortClose, 1002),
        Arguments.of("a close code that must not be sent", reservedClose, 1002));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void S_D02_against_the_protocol_ends_the_connection(String what, byte[] bytes, int code) {
    long before = Runtime.getRuntime().totalMemory();
    try (RawSocket socket = server.live()) {
      socket.trySend(bytes);
      assertThat(socket.closedWithin(SOON)).as(what).isEqualTo(code);
    }
    assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(512L << 20);
  }

  @Test
  void S_D02_a_new_message_inside_another_closes_with_1002() {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.TEXT, false, letters(5)));
      socket.trySend(frame(RawFrame.TEXT, true, letters(5)));
      assertThat(socket.closedWithin(SOON)).isEqualTo(1002);
    }
  }

  @Test
  void S_D02_a_continuation_without_a_start_closes_with_1002() {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.CONTINUATION, true, letters(5)));
      assertThat(socket.closedWithin(SOON)).isEqualTo(1002);
    }
  }

  @Test
  void S_D02_a_binary_frame_closes_with_1003() {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.BINARY, true, letters(5)));
      assertThat(socket.closedWithin(SOON)).isEqualTo(1003);
    }
  }

  @Test
  void S_D03_compression_that_is_offered_is_not_taken() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.send(
          RawSocket.upgradeRequest(
              server.port(),
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits,"
                  + " x-webkit-deflate-frame\r\n"));
      String head = socket.head();
      assertThat(head).startsWith("HTTP/1.1 101");
      assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("extensions");
    }
  }

  @Test
  void S_D04_a_hundred_thousand_tiny_fragments_that_never_end_are_cut_off() {
    try (RawSocket socket = server.live()) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      flood.writeBytes(frame(RawFrame.TEXT, false, letters(1)));
      byte[] tiny = frame(RawFrame.CONTINUATION, false, letters(1));
      for (int i = 0; i < 100_000; i++) {
        flood.writeBytes(tiny);
      }
      socket.trySend(flood.toByteArray());
      assertThat(socket.closedWithin(SOON)).isEqualTo(1008);
    }
  }

  @Test
  void S_D04_empty_fragments_are_counted_too() {
    try (RawSocket socket = server.live()) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      flood.writeBytes(frame(RawFrame.TEXT, false, letters(0)));
      byte[] empty = frame(RawFrame.CONTINUATION, false, letters(0));
      for (int i = 0; i < 10_000; i++) {
        flood.writeBytes(empty);
      }
      socket.trySend(flood.toByteArray());
      assertThat(socket.closedWithin(SOON)).isEqualTo(1008);
    }
  }

  @Test
  void S_D04_a_message_that_is_never_finished_ends_by_time() {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.TEXT, false, letters(10)));
      assertThat(socket.closedWithin(Duration.ofSeconds(20))).isEqualTo(1008);
    }
  }

  @Test
  void S_D05_an_empty_first_fragment_does_not_lose_the_message() throws Exception {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.TEXT, false, letters(0)));
      byte[] text = "{\"type\":\"request\",\"id\":7,\"op\":\"profile.get\"}".getBytes();
      socket.send(frame(RawFrame.CONTINUATION, true, text));
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("\"id\":7");
    }
  }

  @Test
  void S_D06_a_flood_of_pings_that_are_never_read_is_ended() {
    try (RawSocket socket = server.live(RawSocket.withSmallBuffer(server.port()))) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      byte[] ping = frame(RawFrame.PING, true, letters(125));
      for (int i = 0; i < 10_000; i++) {
        flood.writeBytes(ping);
      }
      socket.trySend(flood.toByteArray());
      socket.trySend(flood.toByteArray());
      assertThat(socket.closedWithin(Duration.ofSeconds(10))).isEqualTo(1008);
    }
  }

  @Test
  void S_D06_a_flood_of_heartbeats_is_ended() {
    try (RawSocket socket = server.live()) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      byte[] beat = frame(RawFrame.TEXT, true, "{\"type\":\"heartbeat\"}".getBytes());
      for (int i = 0; i < 2_000; i++) {
        flood.writeBytes(beat);
      }
      socket.trySend(flood.toByteArray());
      assertThat(socket.closedWithin(SOON)).isEqualTo(1008);
    }
  }

  static Stream<Arguments> notUtf8() {
    return Stream.of(
        Arguments.of("overlong slash", new byte[] {'{', (byte) 0xc0, (byte) 0xaf, '}'}),
        Arguments.of("a surrogate", new byte[] {'{', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '}'}),
        Arguments.of("cut off", new byte[] {'{', (byte) 0xe4, (byte) 0xb8}),
        Arguments.of(
            "beyond Unicode", new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}),
        Arguments.of("a lone continuation byte", new byte[] {'{', (byte) 0x80, '}'}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUtf8")
  void S_D07_what_is_not_utf8_closes_with_1007(String what, byte[] bytes) {
    try (RawSocket socket = server.live()) {
      socket.send(frame(RawFrame.TEXT, true, bytes));
      assertThat(socket.closedWithin(SOON)).as(what).isEqualTo(1007);
    }
    try (RawSocket socket = server.live()) {
      for (int i = 0; i < bytes.length; i++) {
        socket.trySend(
            frame(
                i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION,
                i == bytes.length - 1,
                new byte[] {bytes[i]}));
      }
      assertThat(socket.closedWithin(SOON)).as(what + " in fragments").isEqualTo(1007);
    }
  }

  @Test
  void S_D07_a_character_that_is_split_between_fragments_is_whole_again() throws Exception {
    try (RawSocket socket = server.live()) {
      byte[] text =
          "{\"type\":\"request\",\"id\":9,\"op\":\"user.list\",\"params\":{\"query\":\"张\"}}"
              .getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < text.length; i += 2) {
        int end = Math.min(text.length, i + 2);
        socket.send(
            frame(
                i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION,
                end == text.length,
                Arrays.copyOfRange(text, i, end)));
      }
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text())
          .contains("\"id\":9")
          .contains("\"ok\":true");
    }
  }
}
