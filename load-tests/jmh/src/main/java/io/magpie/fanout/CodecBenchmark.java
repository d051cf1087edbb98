package io.magpie.fanout;

import io.magpie.bench.jmh.Samples;
import io.magpie.stream.Event;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What nodes tell each other through Redis: a batch of events of one stream. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CodecBenchmark {
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
