package io.magpie.fanout;

import io.magpie.bench.jmh.HotStep;
import io.magpie.bench.jmh.Samples;
import io.magpie.stream.Event;
import java.util.List;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/** The gate of one stream: 256 events in order, and the same with every pair turned round. */
public class GateBenchmark extends HotStep {
  private static final int EVENTS = 256;
  private static final UUID STREAM = Samples.stream();

  private final List<Event> events = Samples.events(EVENTS);

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void inOrder(Blackhole out) {
    Topic topic = opened();
    for (Event event : events) {
      out.consume(topic.offer(event));
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void pairsTurnedRound(Blackhole out) {
    Topic topic = opened();
    for (int i = 0; i < EVENTS; i += 2) {
      out.consume(topic.offer(events.get(i + 1)));
      out.consume(topic.offer(events.get(i)));
    }
  }

  private static Topic opened() {
    Topic topic = new Topic(STREAM);
    topic.open(0);
    return topic;
  }
}
