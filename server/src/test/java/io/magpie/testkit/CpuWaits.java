package io.magpie.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long threads of this process that could have run waited for a CPU, as Linux counts it; where
 * it does not, they never did.
 */
final class CpuWaits {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int KEPT = 60;

  private final String threads;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long at, Map<Path, Long> nanos) {}

  /**
   * @param threads beginning of their names, 15 characters at most
   */
  CpuWaits(String threads) {
    this.threads = threads;
  }

  /** Looks twice a second as long as the JVM lives. */
  void start() {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                take();
                LockSupport.parkNanos(EVERY.toNanos());
              }
            },
            "cpu-waits");
    thread.setDaemon(true);
    thread.start();
  }

  /** The longest that any of them has waited in that time, added up. */
  synchronized Duration longest(Duration time) {
    take();
    long begin = System.nanoTime() - time.toNanos();
    Sample last = samples.getLast();
    Sample first =
        samples.stream().filter(sample -> sample.at() - begin >= 0).findFirst().orElse(last);
    long most = 0;
    for (Map.Entry<Path, Long> now : last.nanos().entrySet()) {
      most = Math.max(most, now.getValue() - first.nanos().getOrDefault(now.getKey(), 0L));
    }
    return Duration.ofNanos(most);
  }

  private synchronized void take() {
    samples.add(new Sample(System.nanoTime(), read()));
    if (samples.size() > KEPT) {
      samples.poll();
    }
  }

  private Map<Path, Long> read() {
    Map<Path, Long> nanos = new HashMap<>();
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : (Iterable<Path>) tasks::iterator) {
        read(task, nanos);
      }
    } catch (IOException e) {
      nanos.clear(); // not Linux
    }
    return nanos;
  }

  private void read(Path task, Map<Path, Long> nanos) {
    try {
      if (Files.readString(task.resolve("comm")).startsWith(threads)) {
        List<String> counts = List.of(Files.readString(task.resolve("schedstat")).split(" "));
        nanos.put(task, Long.valueOf(counts.get(1)));
      }
    } catch (IOException e) {
      // the thread has just ended
    }
  }
}
