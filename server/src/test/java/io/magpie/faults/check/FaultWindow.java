package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;

/** One injection of a fault. */
final class FaultWindow {
  private final Line.Fault begun;
  private long healingAt = Long.MAX_VALUE;
  private long endedAt = Long.MAX_VALUE;
  private boolean tookEffect;
  private String note = "it was never ended";

  FaultWindow(Line.Fault begun) {
    this.begun = begun;
  }

  void next(Line.Fault line) {
    if (line.phase() == Phase.INFO) {
      healingAt = line.t();
    } else {
      endedAt = line.t();
      tookEffect = line.phase() == Phase.OK;
      note = line.note();
    }
  }

  String name() {
    return begun.name();
  }

  Interval time() {
    return new Interval(begun.t(), endedAt);
  }

  /** In which it held without a break; empty where nobody wrote when healing began. */
  Interval firm(long grace) {
    return new Interval(begun.t() + grace, healingAt == Long.MAX_VALUE ? 0 : healingAt);
  }

  boolean tookEffect() {
    return tookEffect;
  }

  @Override
  public String toString() {
    return begun.id() + " " + begun.note() + " (" + note + ")";
  }
}
