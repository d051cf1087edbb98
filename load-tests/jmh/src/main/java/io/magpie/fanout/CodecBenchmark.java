package io.magpie.fanout;

import io.magpie.bench.jmh.HotStep;
import io.magpie.bench.jmh.Samples;
import io.magpie.stream.Event;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What nodes tell each other through Redis: a batch of events of one stream. */
public class CodecBenchmark extends HotStep {
  @Param({"1", "16"})
  private int batch;

  private List<Event> events = List.of();
  private byte[] encoded = {};

  @Setup
  public void encodeOnce() {
    events = Samples.events(batch);
    encoded = EventCodec.encode(events);
  }

  @Benchmark
  public byte[] encode() {
    return EventCodec.encode(events);
  }

  @Benchmark
  public Object decode() {
    return EventCodec.decode(Samples.stream(), encoded);
  }
}
