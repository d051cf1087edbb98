package io.magpie.bench.jmh;

import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.Json;
import io.magpie.protocol.ServerFrame;
import io.magpie.stream.Event;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** Once a message: a request is read, an event and a reply are encoded. */
public class FrameBenchmark extends HotStep {
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
