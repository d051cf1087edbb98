package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.OpenLoop;
import io.magpie.bench.load.World;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rate is raised until the server cannot follow: until the 99th percentile is above a second,
 * something is refused or lost, or a tenth less comes out than went in; {@link Ascent} says in
 * which steps, the first of which only warm up. The last step that it stood is the maximum; then
 * half of that is measured, and some fixed rates, by which servers can be compared at the same
 * load.
 *
 * @param first rate of the first step, in deliveries a second of all together
 * @param most rate at which the ramp ends; below {@code first} there is no ramp
 * @param fixed rates that are measured besides, after the ramp
 * @param counted what is judged and named: deliveries, or acknowledged sends
 */
public record Ramp(
    String name,
    Shape shape,
    double first,
    double most,
    List<Double> fixed,
    Counted counted,
    Duration time)
    implements Workload {
  private static final double LIMIT_MS = 1_000;
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final double KEPT_UP = 0.9;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 200;

  /** What a workload is about. */
  public enum Counted {
    DELIVERIES,
    SENDS
  }

  @Override
  public void run(Target target, Consumer<Result> progress) {
    World world = target.world(shape);
    target.fresh();
    Optional<Result> best = climb(target, world, progress);
    try (Crowd crowd = joined(target, world)) {
      Measured measured = new Measured(target, name, shape.members(), crowd);
      if (most < first) {
        step(measured, Collections.min(fixed)); // a ramp would have warmed it up
      }
      for (double rate : fixed) {
        if (best.isEmpty() || speed(best.get()) >= rate) {
          progress.accept(step(measured, rate));
        }
      }
      best.ifPresent(
          maximum -> {
            progress.accept(maximum.as(Loads.MAXIMUM));
            progress.accept(step(measured, speed(maximum) / 2).as(Loads.HALF));
          });
    }
  }

  /** What was too much for a server may have cost connections: others go on after it. */
  Optional<Result> climb(Target target, World world, Consumer<Result> progress) {
    Optional<Result> best = Optional.empty();
    Ascent ascent = new Ascent(first, most);
    while (ascent.goesOn()) {
      try (Crowd crowd = joined(target, world)) {
        Measured measured = new Measured(target, name, shape.members(), crowd);
        boolean stood = true;
        while (stood && ascent.goesOn()) {
          boolean judged = !ascent.rehearses();
          Result result = step(measured, ascent.rate());
          stood = stood(result, ascent.rate());
          ascent.tried(stood);
          if (judged && stood) {
            best = Optional.of(result);
          }
          if (judged && (stood || !ascent.goesOn())) {
            progress.accept(result);
          }
        }
      }
    }
    return best;
  }

  private Crowd joined(Target target, World world) {
    Crowd crowd = new Crowd(world, target.protocol());
    try {
      crowd.idle(SETTLE);
      crowd.join(crowd.links(), AT_ONCE);
      return crowd;
    } catch (RuntimeException e) {
      crowd.close(); // its sockets would be missing to whoever comes next
      throw e;
    }
  }

  private Result step(Measured measured, double rate) {
    double perSecond = counted == Counted.SENDS ? rate : rate / shape.members();
    return measured.run(
        new OpenLoop.Plan(perSecond, WARM_UP, time, PATIENCE), Loads.perSecond(rate));
  }

  private boolean stood(Result result, double rate) {
    double p99 = result.figure(counted == Counted.SENDS ? Figure.ACK_P99 : Figure.P99);
    return result.counts().whole() && p99 <= LIMIT_MS && speed(result) > KEPT_UP * rate;
  }

  private double speed(Result result) {
    return result.figure(
        counted == Counted.SENDS ? Figure.SENDS_PER_SECOND : Figure.DELIVERIES_PER_SECOND);
  }
}
