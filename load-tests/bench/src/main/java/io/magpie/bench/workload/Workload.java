package io.magpie.bench.workload;

import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import java.util.function.Consumer;

/** Something that is done to every server. */
public interface Workload {
  /** As the table and the command line call it. */
  String name();

  /** Whom it needs. */
  Shape shape();

  /**
   * Runs it on a fresh process.
   *
   * @param progress gets each result as soon as it is there
   */
  void run(Target target, Consumer<Result> progress);
}
