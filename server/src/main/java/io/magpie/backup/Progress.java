package io.magpie.backup;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says how far long work is, every few seconds. */
final class Progress {
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final Consumer<String> say;
  private final LongSupplier nanos;
  private final long begun;
  private long last;

  Progress(Consumer<String> say, LongSupplier nanos) {
    this.say = say;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.last = begun;
  }

  /** Cheap enough for each row. */
  void rows(String table, long rows) {
    if ((rows & 0xff) == 0 && nanos.getAsLong() - last > EVERY) {
      last = nanos.getAsLong();
      say.accept("  %s: %,d rows so far".formatted(table, rows));
    }
  }

  void say(String sentence) {
    say.accept(sentence);
  }

  /** Since the beginning. */
  String elapsed() {
    return "%.1f s".formatted((nanos.getAsLong() - begun) / 1e9);
  }
}
