package io.magpie.bench.workload;

import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Target;
import java.util.function.Consumer;

/** Something that peers cannot do, or not in a way that could be compared. */
interface MagpieWorkload extends Workload {
  @Override
  default boolean takes(Target target) {
    return target instanceof MagpieTarget;
  }

  @Override
  default void run(Target target, Consumer<Result> progress) {
    if (target instanceof MagpieTarget magpie) {
      measure(magpie, progress);
    }
  }

  /**
   * Runs it.
   *
   * @param progress gets each result as soon as it is there
   */
  void measure(MagpieTarget magpie, Consumer<Result> progress);
}
