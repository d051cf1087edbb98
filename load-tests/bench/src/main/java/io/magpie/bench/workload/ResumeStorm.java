package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Percentiles;
import io.magpie.bench.load.World;
import io.magpie.bench.process.Family;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everybody but one of each conversation loses the network, misses some messages, and comes back in
 * the same moment. Measured until each has what it missed: once each, in order.
 *
 * @param missed messages of each conversation meanwhile
 */
public record ResumeStorm(String name, Shape shape, int missed) implements Workload {
  private static final int AT_ONCE = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public boolean takes(Target target) {
    return target.resumes();
  }

  @Override
  public void run(Target target, Consumer<Result> progress) {
    World world = target.world(shape);
    target.fresh();
    try (Crowd crowd = new Crowd(world, target.protocol())) {
      crowd.join(crowd.links(), AT_ONCE);
      progress.accept(storm(target, crowd, "first"));
      progress.accept(storm(target, crowd, "again"));
    }
  }

  private Result storm(Target target, Crowd crowd, String load) {
    List<Link> stay = new ArrayList<>();
    List<Link> leave = new ArrayList<>();
    for (Link link : crowd.links()) {
      (link.number() % shape.members() == 0 ? stay : leave).add(link);
    }
    send(crowd, stay);
    if (!crowd.settle(PATIENCE)) {
      throw new IllegalStateException("Not all was delivered: " + crowd.counts());
    }
    crowd.cut(leave);
    send(crowd, stay);
    Family family = target.family();
    Map<String, Double> before = family.cpuSeconds();
    long begin = System.nanoTime();
    Percentiles times = crowd.catchUp(leave);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<String, Double> cpu = Family.used(before, family.cpuSeconds());
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.CONNECTIONS, (double) leave.size());
    figures.put(Figure.SECONDS, seconds);
    figures.put(Figure.P50, times.p50());
    figures.put(Figure.P95, times.p95());
    figures.put(Figure.P99, times.p99());
    figures.put(Figure.MAX, times.max());
    figures.put(Figure.CPU_MS_PER_CLIENT, Ratios.milliseconds(cpu, leave.size()));
    return new Result(target.name(), name, load, figures, cpu, crowd.counts());
  }

  private void send(Crowd crowd, List<Link> senders) {
    for (int i = 0; i < missed; i++) {
      crowd.sendEach(senders);
    }
  }
}
