package io.magpie.bench.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The processes that began with some, by what they are: PostgreSQL and Redis by their names,
 * everything else by the name that its ancestor was given.
 */
public final class Family {
  private static final double TICKS_PER_SECOND = 100;
  private static final int PAGE_KIB = 4;

  private final Map<Long, String> roots = new TreeMap<>();

  public Family with(String name, long pid) {
    roots.put(pid, name);
    return this;
  }

  /** CPU seconds used so far, by kind of process. */
  public Map<String, Double> cpuSeconds() {
    Map<String, Double> seconds = new TreeMap<>();
    each((kind, stat) -> seconds.merge(kind, stat.ticks() / TICKS_PER_SECOND, Double::sum));
    return seconds;
  }

  /** Resident memory in KiB, by kind of process; what processes share is counted in each. */
  public Map<String, Long> residentKib() {
    Map<String, Long> kib = new TreeMap<>();
    each((kind, stat) -> kib.merge(kind, stat.residentPages() * PAGE_KIB, Long::sum));
    return kib;
  }

  /** What was used between two looks. */
  public static Map<String, Double> used(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> used = new TreeMap<>();
    after.forEach(
        (kind, seconds) -> used.put(kind, Math.max(0, seconds - before.getOrDefault(kind, 0.0))));
    return used;
  }

  private interface Visitor {
    void visit(String kind, Stat stat);
  }

  private void each(Visitor visitor) {
    Map<Long, List<Long>> children = children();
    roots.forEach(
        (root, name) -> {
          Deque<Long> open = new ArrayDeque<>(List.of(root));
          while (!open.isEmpty()) {
            long pid = open.pop();
            Stat.of(pid).ifPresent(stat -> visitor.visit(kind(stat, name), stat));
            children.getOrDefault(pid, List.of()).stream()
                .filter(child -> !roots.containsKey(child))
                .forEach(open::push);
          }
        });
  }

  private static String kind(Stat stat, String root) {
    if (stat.name().startsWith("postgres")) {
      return "PostgreSQL";
    }
    return stat.name().startsWith("redis") ? "Redis" : root;
  }

  private static Map<Long, List<Long>> children() {
    Map<Long, List<Long>> children = new HashMap<>();
    LongStream pids = ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid);
    pids.mapToObj(Stat::of)
        .flatMap(Optional::stream)
        .forEach(
            stat ->
                children.computeIfAbsent(stat.parent(), p -> new ArrayList<>()).add(stat.pid()));
    return children;
  }
}
