package io.magpie.bench;

import io.magpie.bench.process.Child;
import io.magpie.bench.report.Lines;
import io.magpie.bench.server.Target;
import io.magpie.bench.workload.Result;
import io.magpie.bench.workload.Workload;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One workload on one server after the other; what a server does not finish stops no other. */
final class Turns {
  private final PrintStream out;
  private final Map<String, List<String>> unfinished = new HashMap<>();

  Turns(PrintStream out) {
    this.out = out;
  }

  /** What was measured; nothing if the server takes no part or did not finish. */
  List<Result> take(Workload workload, Target target) {
    if (!workload.takes(target)) {
      out.println(target.name() + " takes no part in " + workload.name() + ".");
      return List.of();
    }
    try {
      return measure(workload, target);
    } catch (IllegalStateException e) {
      if (Child.ending()) {
        throw e;
      }
      giveUp(target, workload.name() + " did not finish: " + e.getMessage());
      return List.of();
    } finally {
      target.stop();
    }
  }

  private List<Result> measure(Workload workload, Target target) {
    List<Result> found = new ArrayList<>();
    workload.run(
        target,
        result -> {
          found.add(result);
          out.println(Lines.line(result));
        });
    return found;
  }

  private void giveUp(Target target, String what) {
    unfinished.computeIfAbsent(target.name(), name -> new ArrayList<>()).add(what);
    out.println(target.name() + ": " + what);
  }

  /** Settings of a server, and what it did not finish. */
  List<String> notes(Target target) {
    return Stream.concat(
            target.notes().stream(), unfinished.getOrDefault(target.name(), List.of()).stream())
        .toList();
  }

  boolean allFinished() {
    return unfinished.isEmpty();
  }
}
