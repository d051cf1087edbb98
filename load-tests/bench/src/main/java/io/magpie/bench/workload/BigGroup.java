package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.OpenLoop;
import io.magpie.bench.load.Wire;
import io.magpie.bench.load.World;
import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Shape;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One group with everybody online, and its owner writes now and then: messages to all of them, and
 * then messages that mention everybody.
 *
 * @param perSecond messages
 * @param time that is measured, after half as long at the same rate
 */
record BigGroup(String name, Shape shape, double perSecond, Duration time)
    implements MagpieWorkload {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 200;

  @Override
  public void measure(MagpieTarget magpie, Consumer<Result> progress) {
    magpie.fresh();
    progress.accept(write(magpie, magpie.protocol(), Loads.PLAIN));
    progress.accept(write(magpie, magpie.protocolToEverybody(), Loads.TO_ALL));
  }

  private Result write(MagpieTarget magpie, Function<Ledger, Wire> protocol, String load) {
    World world = magpie.world(shape);
    try (Crowd crowd = new Crowd(world, protocol)) {
      crowd.join(crowd.links(), AT_ONCE);
      crowd.idle(Duration.ofSeconds(1));
      List<Link> owner = crowd.links().subList(0, 1);
      OpenLoop.Plan plan = new OpenLoop.Plan(perSecond, time.dividedBy(2), time, PATIENCE);
      return new Measured(magpie, name, shape.members(), crowd, owner).run(plan, load);
    }
  }
}
