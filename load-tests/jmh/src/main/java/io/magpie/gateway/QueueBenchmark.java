package io.magpie.gateway;

import io.magpie.bench.jmh.HotStep;
import io.magpie.bench.jmh.Samples;
import io.magpie.stream.Event;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The outbound queues of a group of 100 on one event loop: every member gets the same events, then
 * everything is flushed. Time of one delivery without the kernel's part.
 */
public class QueueBenchmark extends HotStep {
  private static final int MEMBERS = 100;

  /** Events that wait when it comes to a flush. */
  @Param({"1", "4", "16"})
  private int waiting;

  private final Vertx vertx = Vertx.vertx();
  private final EventFrames frames = new EventFrames();
  private final List<Outbound> queues = new ArrayList<>();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private List<Event> events = List.of();

  @Setup
  public void connect() {
    events = Samples.events(waiting);
    AtomicLong total = new AtomicLong();
    for (int i = 0; i < MEMBERS; i++) {
      Wire wire = new Wire((ContextInternal) vertx.getOrCreateContext(), new Deaf());
      EmbeddedChannel channel = new EmbeddedChannel(wire);
      channel
          .config()
          .setOption(
              ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 1 << 21));
      channels.add(channel);
      queues.add(new Outbound(wire, limits(), total, frames));
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEMBERS)
  public void deliver() {
    for (Event event : events) {
      for (Outbound queue : queues) {
        queue.event(event);
      }
    }
    for (Outbound queue : queues) {
      queue.flush(0);
    }
    frames.forget();
    channels.forEach(EmbeddedChannel::releaseOutbound);
  }

  @TearDown
  public void close() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    vertx.close().await();
  }

  private static GatewayLimits limits() {
    Duration second = Duration.ofSeconds(1);
    int some = 1_000;
    int large = 1 << 20;
    return new GatewayLimits(
        large,
        some,
        some,
        some,
        second,
        some,
        some,
        some,
        second,
        second,
        large,
        some,
        second,
        large,
        some,
        some,
        some,
        Duration.ZERO,
        second);
  }

  /** Nobody listens. */
  private record Deaf() implements Wire.Listener {
    @Override
    public void frame(io.netty.handler.codec.http.websocketx.WebSocketFrame frame) {}

    @Override
    public void writable() {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void gone() {}
  }
}
