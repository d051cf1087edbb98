package io.magpie.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis from pixel {@code from} to pixel {@code to}, over whole steps of 1, 2, 5. */
record Axis(double least, double most, int from, int to) {
  private static final double[] STEPS = {1, 2, 5};

  static Axis over(double least, double most, int from, int to) {
    return new Axis(Math.min(least, most / 2), most, from, to);
  }

  double at(double value) {
    double share = Math.log(value / least) / Math.log(most / least);
    return from + share * (to - from);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
      for (double step : STEPS) {
        double tick = step * Math.pow(10, power);
        if (tick >= least && tick <= most) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
