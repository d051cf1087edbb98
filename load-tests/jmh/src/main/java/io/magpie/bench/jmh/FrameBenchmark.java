package io.magpie.bench.jmh;

import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.Json;
import io.magpie.protocol.ServerFrame;
import io.magpie.stream.Event;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Once a message: a request is read, an event and a reply are encoded. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class FrameBenchmark {
  private final String request = Samples.request();
  private final Map<String, Object> result =
      Map.of("conversation", Samples.stream(), "seq", 17, "duplicate", false);
  private long seq;

  @Benchmark
  public ClientFrame readRequest() {
    return ClientFrame.read(Json.readObject(request));
  }

  @Benchmark
  public byte[] encodeEvent() {
    Event event = Samples.event(++seq);
    return event.utf8();
  }

  @Benchmark
  public byte[] encodeReply() {
    return new ServerFrame.ReplyOk(++seq, result).utf8();
  }
}
