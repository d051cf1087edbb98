package io.magpie.bench.workload;

import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.util.function.Consumer;

/** Something that is done to a server. */
public interface Workload {
  /** As the table and the command line call it. */
  String name();

  /** Whom it needs. */
  Shape shape();

  /** Whether a server can take part: some workloads ask for what peers do not have. */
  default boolean takes(Target target) {
    return true;
  }

  /**
   * Runs it on a fresh process.
   *
   * @param progress gets each result as soon as it is there
   */
  void run(Target target, Consumer<Result> progress);
}
