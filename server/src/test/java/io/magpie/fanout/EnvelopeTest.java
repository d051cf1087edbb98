package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final byte[] KEY =
      "a key that the nodes share".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY = "body".getBytes(StandardCharsets.US_ASCII);

  private final Envelope here = new Envelope(KEY, UUID.randomUUID());
  private final Envelope there = new Envelope(KEY, UUID.randomUUID());

  @Test
  void another_node_reads_what_was_sealed_and_the_sender_knows_its_own() {
    Buffer sealed = here.seal("c", Envelope.EVENTS, BODY);
    assertThat(here.own(sealed)).isTrue();
    assertThat(there.own(sealed)).isFalse();
    Envelope.Opened opened = there.open("c", sealed).orElseThrow();
    assertThat(opened.kind()).isEqualTo(Envelope.EVENTS);
    assertThat(opened.body()).isEqualTo(BODY);
  }

  @Test
  void no_changed_byte_and_no_other_channel_is_believed() {
    Buffer sealed = here.seal("c", Envelope.EVENTS, BODY);
    for (int i = 0; i < sealed.length(); i++) {
      Buffer changed = sealed.copy().setByte(i, (byte) (sealed.getByte(i) ^ 1));
      assertThat(there.open("c", changed)).as("byte " + i).isEmpty();
    }
    assertThat(there.open("d", sealed)).isEmpty();
  }

  @Test
  void who_does_not_know_the_key_is_not_believed() {
    Envelope stranger =
        new Envelope("another key".getBytes(StandardCharsets.US_ASCII), UUID.randomUUID());
    assertThat(there.open("c", stranger.seal("c", Envelope.EVENTS, BODY))).isEmpty();
  }

  @Test
  void anything_at_all_may_come() {
    assertThat(there.open("c", Buffer.buffer())).isEmpty();
    assertThat(there.open("c", Buffer.buffer("{\"seq\":1}"))).isEmpty();
    assertThat(there.open("c", Buffer.buffer(new byte[100]))).isEmpty();
  }
}
