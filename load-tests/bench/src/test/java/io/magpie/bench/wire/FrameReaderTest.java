package io.magpie.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private final FrameReader reader = new FrameReader();
  private final Heard heard = new Heard();

  private static final class Heard implements Messages {
    private final List<String> all = new ArrayList<>();

    @Override
    public void message(byte[] bytes, int from, int to) {
      all.add(new String(bytes, from, to - from, UTF_8));
    }

    @Override
    public void ping(byte[] bytes, int from, int to) {
      all.add("ping " + new String(bytes, from, to - from, UTF_8));
    }

    @Override
    public void close(int code) {
      all.add("close " + code);
    }
  }

  private static byte[] frame(int first, String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else if (bytes.length < 65_536) {
      out.writeBytes(new byte[] {126, (byte) (bytes.length >> 8), (byte) bytes.length});
    } else {
      out.writeBytes(new byte[] {127, 0, 0, 0, 0, 0});
      out.writeBytes(
          new byte[] {
            (byte) (bytes.length >> 16), (byte) (bytes.length >> 8), (byte) bytes.length
          });
    }
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  @Test
  void frames_of_every_length_in_one_piece() {
    String middle = "m".repeat(126);
    String large = "l".repeat(70_000);
    byte[] bytes =
        joined(frame(0x81, ""), frame(0x81, "a"), frame(0x82, middle), frame(0x81, large));
    assertThat(reader.read(bytes, 0, bytes.length, heard)).isEqualTo(bytes.length);
    assertThat(heard.all).containsExactly("", "a", middle, large);
  }

  @Test
  void a_frame_cut_at_any_byte_is_left_until_it_is_whole() {
    byte[] bytes = joined(frame(0x81, "first"), frame(0x81, "s".repeat(300)));
    for (int cut = 0; cut < bytes.length; cut++) {
      heard.all.clear();
      int used = reader.read(bytes, 0, cut, heard);
      assertThat(used).isIn(0, 7);
      assertThat(reader.read(bytes, used, bytes.length, heard)).isEqualTo(bytes.length);
      assertThat(heard.all).containsExactly("first", "s".repeat(300));
    }
  }

  @Test
  void fragments_are_put_together_around_a_ping() {
    byte[] bytes =
        joined(frame(0x01, "one "), frame(0x89, "p"), frame(0x00, "two "), frame(0x80, "end"));
    reader.read(bytes, 0, bytes.length, heard);
    assertThat(heard.all).containsExactly("ping p", "one two end");
  }

  @Test
  void close_with_and_without_a_code() {
    byte[] bytes = joined(new byte[] {(byte) 0x88, 2, 0x11, 0x38}, new byte[] {(byte) 0x88, 0});
    reader.read(bytes, 0, bytes.length, heard);
    assertThat(heard.all).containsExactly("close 4408", "close 1005");
  }

  @Test
  void a_masked_frame_is_not_of_a_server() {
    byte[] bytes = {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5};
    assertThatThrownBy(() -> reader.read(bytes, 0, bytes.length, heard))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_length_beyond_memory_is_refused() {
    byte[] bytes = {(byte) 0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0};
    assertThatThrownBy(() -> reader.read(bytes, 0, bytes.length, heard))
        .isInstanceOf(IllegalStateException.class);
  }
}
