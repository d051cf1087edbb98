package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Percentiles;
import io.magpie.bench.load.World;
import io.magpie.bench.process.Family;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * W4: all connect at once, with at most {@value #AT_ONCE} on their way so that the queue of the
 * listening socket holds them; log in with a credential that they have, and join. Once on a process
 * that has just started, and once more after everybody has left.
 */
public record JoinStorm(String name, Shape shape) implements Workload {
  private static final int AT_ONCE = 500;

  @Override
  public void run(Target target, Consumer<Result> progress) {
    World world = target.world(shape);
    target.fresh();
    progress.accept(storm(target, world, "first"));
    progress.accept(storm(target, world, "again"));
  }

  private Result storm(Target target, World world, String load) {
    try (Crowd crowd = new Crowd(world, target.protocol())) {
      Family family = target.family();
      Map<String, Double> before = family.cpuSeconds();
      Duration time = crowd.join(crowd.links(), AT_ONCE);
      Map<String, Double> cpu = Family.used(before, family.cpuSeconds());
      Percentiles joins = crowd.joins();
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.CONNECTIONS, (double) shape.users());
      figures.put(Figure.SECONDS, time.toNanos() / 1e9);
      figures.put(Figure.P50, joins.p50());
      figures.put(Figure.P95, joins.p95());
      figures.put(Figure.P99, joins.p99());
      figures.put(Figure.MAX, joins.max());
      figures.put(Figure.CPU_MS_PER_CLIENT, Ratios.milliseconds(cpu, shape.users()));
      return new Result(target.name(), name, load, figures, cpu, crowd.counts());
    }
  }
}
