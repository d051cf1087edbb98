package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Link;
import io.magpie.bench.process.Family;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * W3: clients that are logged in and silent. What a connection takes is the difference between the
 * first thousand and all, so that nothing counts that a server needs once.
 *
 * @param time in which the CPU of doing nothing is measured, heartbeats included
 */
public record IdleCrowd(String name, Shape shape, Duration time) implements Workload {
  private static final int FIRST = 1_000;
  private static final int AT_ONCE = 200;
  private static final Duration SETTLE = Duration.ofSeconds(3);

  @Override
  public void run(Target target, Consumer<Result> progress) {
    var world = target.world(shape);
    target.fresh();
    try (Crowd crowd = new Crowd(world, target.protocol())) {
      List<Link> links = crowd.links();
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      crowd.join(links.subList(0, FIRST), AT_ONCE);
      crowd.idle(SETTLE);
      double dirtyBefore = residentKib(target);
      double before = collectedKib(target, crowd);
      crowd.join(links.subList(FIRST, links.size()), AT_ONCE);
      Family family = target.family();
      Map<String, Double> cpu = family.cpuSeconds();
      crowd.idle(time);
      cpu = Family.used(cpu, family.cpuSeconds());
      double dirty = residentKib(target);
      double after = collectedKib(target, crowd);
      int more = links.size() - FIRST;
      figures.put(Figure.CONNECTIONS, (double) links.size());
      figures.put(Figure.SECONDS, time.toMillis() / 1e3);
      figures.put(Figure.KIB_PER_CONNECTION, (after - before) / more);
      figures.put(Figure.KIB_PER_CONNECTION_BEFORE_GC, (dirty - dirtyBefore) / more);
      figures.put(Figure.KIB_SERVER, after);
      String load = Loads.connections(links.size());
      progress.accept(new Result(target.name(), name, load, figures, cpu, crowd.counts()));
    }
  }

  private static double collectedKib(Target target, Crowd crowd) {
    target.collectGarbage();
    crowd.idle(SETTLE);
    return residentKib(target);
  }

  private static double residentKib(Target target) {
    return target.family().residentKib().get(Target.SERVER);
  }
}
