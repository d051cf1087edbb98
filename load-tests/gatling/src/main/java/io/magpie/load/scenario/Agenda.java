package io.magpie.load.scenario;

import java.time.Duration;

/**
 * When a virtual user does the next thing, and when it leaves. Times are milliseconds of the wall
 * clock.
 */
final class Agenda {
  /** Session attribute. */
  static final String KEY = "agenda";

  /** What has arrived is looked at once a second at least. */
  private static final long TICK_MS = 1000;

  private final Schedule schedule;
  private final long end;
  private long next;

  Agenda(Schedule schedule, long now, long end) {
    this.schedule = schedule;
    this.end = end;
    this.next = schedule.after(now);
  }

  /** The present thing was done. */
  void done() {
    next = schedule.after(next);
  }

  boolean due(long now) {
    return now >= next;
  }

  boolean over(long now) {
    return now >= end;
  }

  /** How long to wait now. */
  Duration rest(long now) {
    long until = Math.min(Math.min(next, end), now + TICK_MS);
    return Duration.ofMillis(Math.max(0, until - now));
  }
}
