package io.magpie.fanout;

import io.magpie.bench.jmh.Samples;
import io.magpie.stream.Event;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The gate of one stream: 256 events in order, and the same with every pair turned round. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class GateBenchmark {
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
