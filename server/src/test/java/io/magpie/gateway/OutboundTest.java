package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.fanout.Signal;
import io.magpie.stream.Event;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What waits for one connection, and the bytes that it gets. */
class OutboundTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final GatewayLimits LIMITS = LimitsForTests.WIDE;
  private static final UUID STREAM = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private static Vertx vertx;

  private final EventFrames frames = new EventFrames();
  private final AtomicLong total = new AtomicLong();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  /** A socket without a network. */
  private final class Peer {
    final EmbeddedChannel channel;
    final Wire wire;
    final Outbound outbound;

    Peer() {
      wire = new Wire((ContextInternal) vertx.getOrCreateContext(), new Deaf());
      channel = new EmbeddedChannel(wire);
      outbound = new Outbound(wire, LIMITS, total, frames);
    }

    /** Texts of the frames that were written. */
    List<String> read() {
      List<String> texts = new ArrayList<>();
      for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
        while (frame.isReadable()) {
          frame.skipBytes(1);
          int length = frame.readByte();
          length = length == 126 ? frame.readUnsignedShort() : length;
          texts.add(frame.readCharSequence(length, StandardCharsets.UTF_8).toString());
        }
        frame.release();
      }
      return texts;
    }
  }

  private static final class Deaf implements Wire.Listener {
    @Override
    public void frame(WebSocketFrame frame) {}

    @Override
    public void writable() {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void gone() {}
  }

  private static Event event(long seq, String data) {
    return new Event(STREAM, seq, "test", STREAM, Instant.EPOCH, data);
  }

  @Test
  void events_that_come_together_share_a_frame_and_keep_their_place_between_others() {
    Peer peer = new Peer();
    peer.outbound.event(event(1, "{}"));
    peer.outbound.event(event(2, "{\"名\":\"鹊桥\"}"));
    peer.outbound.frame("{\"type\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.event(event(3, "{}"));
    peer.outbound.flush(1);
    assertThat(peer.read())
        .containsExactly(
            "{\"type\":\"events\",\"events\":["
                + event(1, "{}").json()
                + ","
                + event(2, "{\"名\":\"鹊桥\"}").json()
                + "]}",
            "{\"type\":\"heartbeat\"}",
            "{\"type\":\"events\",\"events\":[" + event(3, "{}").json() + "]}");
    assertThat(peer.outbound.empty()).isTrue();
    assertThat(total).hasValue(0);
  }

  @Test
  void messages_that_follow_each_other_are_written_as_one_buffer() {
    Peer peer = new Peer();
    peer.outbound.frame("{\"id\":1}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.frame("{\"id\":2,\"名\":\"鹊桥\"}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.flush(1);
    assertThat(peer.channel.outboundMessages()).hasSize(1);
    assertThat(peer.read()).containsExactly("{\"id\":1}", "{\"id\":2,\"名\":\"鹊桥\"}");
    assertThat(peer.outbound.empty()).isTrue();
    assertThat(total).hasValue(0);
  }

  @Test
  void messages_and_events_keep_their_order_and_large_ones_are_not_gathered() {
    Peer peer = new Peer();
    String large = "{\"text\":\"" + "x".repeat(30_000) + "\"}";
    for (String text : List.of("{\"id\":1}", large, large, "{\"id\":2}")) {
      peer.outbound.frame(text.getBytes(StandardCharsets.UTF_8));
    }
    peer.outbound.event(event(1, "{}"));
    peer.outbound.frame("{\"id\":3}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.flush(1);
    assertThat(peer.channel.outboundMessages()).hasSize(4);
    assertThat(peer.read())
        .containsExactly(
            "{\"id\":1}",
            large,
            large,
            "{\"id\":2}",
            "{\"type\":\"events\",\"events\":[" + event(1, "{}").json() + "]}",
            "{\"id\":3}");
    assertThat(total).hasValue(0);
  }

  @Test
  void who_waits_for_the_same_events_gets_the_same_bytes_and_others_their_own() {
    Event both = event(1, "{}");
    Event second = event(2, "{}");
    Peer a = new Peer();
    Peer b = new Peer();
    Peer c = new Peer();
    a.outbound.event(both);
    b.outbound.event(both);
    c.outbound.event(second);
    for (Peer peer : List.of(a, b, c)) {
      peer.outbound.flush(1);
    }
    ByteBuf first = a.channel.readOutbound();
    ByteBuf same = b.channel.readOutbound();
    assertThat(same.unwrap()).isSameAs(first.unwrap());
    assertThat(c.read().get(0)).contains("\"seq\":2");
    frames.forget();
    first.release();
    assertThat(same.refCnt()).isEqualTo(1);
    assertThat(same.release()).isTrue();
  }

  @Test
  void a_signal_replaces_an_older_one_of_its_kind() {
    Peer peer = new Peer();
    UUID user = UUID.randomUUID();
    peer.outbound.signal(new Signal(STREAM, user, "position", "{\"read\":1}"));
    peer.outbound.signal(new Signal(STREAM, user, "typing", "{\"typing\":true}"));
    peer.outbound.signal(new Signal(STREAM, user, "position", "{\"read\":2}"));
    peer.outbound.flush(1);
    assertThat(peer.read())
        .containsExactly("{\"type\":\"signals\",\"signals\":[{\"read\":2},{\"typing\":true}]}");
  }

  @Test
  void what_the_socket_does_not_take_waits_and_counts_for_the_node() {
    Peer peer = new Peer();
    peer.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    Event event = event(1, "{}");
    peer.outbound.event(event);
    peer.outbound.frame("{\"id\":1}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.frame("{\"id\":2}".getBytes(StandardCharsets.UTF_8));
    peer.outbound.flush(1);
    assertThat(peer.read()).isEmpty();
    assertThat(total).hasValue(event.utf8().length + 16);
    assertThat(peer.outbound.stalled(1 + MINUTE.toNanos())).isFalse();
    assertThat(peer.outbound.stalled(2 + MINUTE.toNanos())).isTrue();
    peer.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    peer.outbound.flush(2);
    assertThat(peer.read()).hasSize(3);
    assertThat(total).hasValue(0);
  }

  /** Who has little waiting is not cut for what others have (S-D08). */
  @Test
  void when_the_node_has_too_much_waiting_those_with_much_of_it_are_cut() {
    Peer much = new Peer();
    Peer little = new Peer();
    for (Peer peer : List.of(much, little)) {
      peer.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
      peer.outbound.event(event(1, "{}"));
    }
    much.outbound.frame(new byte[LIMITS.frameBytes()]);
    much.outbound.flush(1);
    little.outbound.flush(1);
    assertThat(much.outbound.overflowing()).isFalse();
    total.set(LIMITS.outboundTotalBytes() + 1);
    assertThat(much.outbound.overflowing()).isTrue();
    assertThat(little.outbound.overflowing()).isFalse();
  }

  /** A failure would leave all connections behind it in this turn unflushed, for ever. */
  @Test
  void a_socket_that_was_reset_meanwhile_is_asked_nothing() {
    Peer peer = new Peer();
    peer.channel.close();
    peer.outbound.event(event(1, "{}"));
    peer.outbound.flush(1);
    assertThat(peer.outbound.empty()).isFalse();
    peer.outbound.clear();
    assertThat(total).hasValue(0);
  }

  @Test
  void a_run_of_large_events_is_split_into_frames() {
    Peer peer = new Peer();
    String large = "{\"text\":\"" + "x".repeat(20_000) + "\"}";
    for (int seq = 1; seq <= 4; seq++) {
      peer.outbound.event(event(seq, large));
    }
    peer.outbound.flush(1);
    assertThat(peer.read()).hasSize(2).allMatch(text -> text.length() < 65_536);
  }
}
