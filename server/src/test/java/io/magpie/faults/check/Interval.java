package io.magpie.faults.check;

/** Numbers or times from one to another, both included. */
record Interval(long from, long to) {
  boolean contains(long value) {
    return from <= value && value <= to;
  }

  boolean overlaps(Interval other) {
    return from <= other.to && other.from <= to;
  }
}
