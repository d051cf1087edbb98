package io.magpie.bench.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {
  private final ByteBuffer out = ByteBuffer.allocate(100_000);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void a_text_comes_out_as_it_went_in(int length) {
    byte[] payload = "abcdefg".repeat(length / 7 + 1).substring(0, length).getBytes(US_ASCII);
    ClientFrames.text(payload, 0x01020304, out);
    out.flip();
    assertThat(out.get()).isEqualTo((byte) 0x81);
    assertThat(length(out.get())).isEqualTo(length);
    assertThat(out.getInt()).isEqualTo(0x01020304);
    byte[] mask = {1, 2, 3, 4};
    byte[] unmasked = new byte[length];
    for (int i = 0; i < length; i++) {
      unmasked[i] = (byte) (out.get() ^ mask[i % 4]);
    }
    assertThat(unmasked).isEqualTo(payload);
    assertThat(out.hasRemaining()).isFalse();
  }

  private long length(byte second) {
    assertThat(second).as("masked").isNegative();
    int length = second & 0x7f;
    if (length == 126) {
      return out.getShort() & 0xffff;
    }
    return length == 127 ? out.getLong() : length;
  }

  @Test
  void a_pong_carries_the_bytes_of_the_ping() {
    ClientFrames.pong(new byte[] {9, 8, 7}, 1, 3, 0, out);
    out.flip();
    assertThat(out.remaining()).isEqualTo(8);
    assertThat(out.get(0)).isEqualTo((byte) 0x8a);
    assertThat(out.get(6)).isEqualTo((byte) 8);
  }
}
