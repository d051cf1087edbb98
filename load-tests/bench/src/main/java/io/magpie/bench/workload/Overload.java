package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.OpenLoop;
import io.magpie.bench.load.World;
import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import io.magpie.bench.workload.Ramp.Counted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Twice and then ten times what the server stands, in direct conversations as in W5, with the
 * limits per connection and user raised so that it is the writer that has to refuse. Asks how much
 * is accepted, how fast the rest is refused, whether memory stays flat, when the server is itself
 * again, and whether the history has everything that was acknowledged and nothing that was refused.
 *
 * @param stands acknowledged sends a second that it stands; 0: a short ramp finds it
 * @param time of each flood; a usual load before and after it is a fifth as long, after a warm-up
 *     of a fifteenth
 */
record Overload(String name, Shape shape, double stands, Duration time) implements MagpieWorkload {
  private static final List<Integer> TIMES = List.of(2, 10);
  private static final double FIRST = 1_000;
  private static final double MOST = 100_000;
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 200;

  @Override
  public void measure(MagpieTarget magpie, Consumer<Result> progress) {
    World world = magpie.world(shape);
    magpie.fresh(MagpieTarget.WITHOUT_RATE_LIMITS);
    double rate = stands > 0 ? warm(magpie, world) : climb(magpie, world, progress);
    for (int times : TIMES) {
      progress.accept(part(magpie, world, rate / 2, Loads.before(times)));
      try (Crowd crowd = new Crowd(world, magpie.protocol())) {
        crowd.join(crowd.links(), AT_ONCE);
        Map<Link, Long> ends = ends(magpie, crowd);
        Flooding flooding = Flooding.of(magpie, crowd, times * rate, time);
        Audit audit = new Audit(crowd.answers());
        ends.forEach((link, end) -> audit.stored(magpie.stored(link.member(), end)));
        flooding
            .results(magpie.name(), name, Loads.times(times), rate, audit, crowd.counts())
            .forEach(progress);
      }
      progress.accept(part(magpie, world, rate / 2, Loads.after(times)));
    }
  }

  /** What a ramp would have done besides. */
  private double warm(MagpieTarget magpie, World world) {
    for (int part = 32; part > 2; part /= 2) {
      part(magpie, world, stands / part, Loads.perSecond(stands / part));
    }
    return stands;
  }

  /** What a usual load is like. */
  private Result part(MagpieTarget magpie, World world, double rate, String load) {
    try (Crowd crowd = new Crowd(world, magpie.protocol())) {
      crowd.join(crowd.links(), AT_ONCE);
      OpenLoop.Plan plan = new OpenLoop.Plan(rate, time.dividedBy(15), time.dividedBy(5), PATIENCE);
      return new Measured(magpie, name, shape.members(), crowd).run(plan, load);
    }
  }

  private double climb(Target target, World world, Consumer<Result> progress) {
    Ramp ramp = new Ramp(name, shape, FIRST, MOST, List.of(), Counted.SENDS, STEP);
    return ramp.climb(target, world, progress)
        .map(best -> best.figure(Figure.SENDS_PER_SECOND))
        .orElse(FIRST);
  }

  /** The last number of each conversation, by one of its members. */
  private static Map<Link, Long> ends(MagpieTarget magpie, Crowd crowd) {
    Map<Integer, Link> members = new TreeMap<>();
    crowd.links().forEach(link -> members.put(link.member().conversation(), link));
    Map<Link, Long> ends = new LinkedHashMap<>();
    members.values().forEach(link -> ends.put(link, magpie.cursor(link)));
    return ends;
  }
}
