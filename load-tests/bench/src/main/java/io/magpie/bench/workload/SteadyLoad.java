package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.OpenLoop;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A fixed rate on a process that has just started and is not warmed up: W1 is a hundred users of
 * one group who send every five seconds.
 *
 * @param perSecond messages of all together
 */
public record SteadyLoad(String name, Shape shape, double perSecond, Duration time)
    implements Workload {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 200;

  @Override
  public void run(Target target, Consumer<Result> progress) {
    var world = target.world(shape);
    target.fresh();
    try (Crowd crowd = new Crowd(world, target.protocol())) {
      crowd.join(crowd.links(), AT_ONCE);
      crowd.idle(Duration.ofSeconds(1));
      Measured measured = new Measured(target, name, shape.members(), crowd);
      OpenLoop.Plan plan = new OpenLoop.Plan(perSecond, Duration.ZERO, time, PATIENCE);
      progress.accept(measured.run(plan, Loads.perSecond(perSecond * shape.members())));
    }
  }
}
