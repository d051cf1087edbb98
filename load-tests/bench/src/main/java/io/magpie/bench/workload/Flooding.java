package io.magpie.bench.workload;

import io.magpie.bench.load.Answers;
import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Flood;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Percentiles;
import io.magpie.bench.process.Family;
import io.magpie.bench.process.PeakMemory;
import io.magpie.bench.server.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One flood and what it did to the server.
 *
 * @param answers of everything, the messages before and after included
 * @param refusals times until a message of the flood was refused, by what was said
 * @param recovered seconds from its end until the server was itself again
 * @param cpu seconds of each kind of process meanwhile
 * @param generator share of its core that the generator used
 * @param memory of the server's processes
 * @param lost connections
 */
record Flooding(
    Flood.Offered offered,
    Answers answers,
    Percentiles acks,
    Map<String, Percentiles> refusals,
    double recovered,
    Map<String, Double> cpu,
    double generator,
    Memory memory,
    int lost) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** A request is answered within 15 seconds. */
  private static final Duration ANSWERS = Duration.ofSeconds(16);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Resident KiB; before and after are behind a full collection. */
  record Memory(double before, double peak, double after) {}

  /** Floods, waits until the server is itself again, and then for what has no answer. */
  static Flooding of(Target target, Crowd crowd, double perSecond, Duration time) {
    double before = collected(target, crowd);
    int lost = crowd.counts().lost();
    Family family = target.family().with(Measured.GENERATOR, ProcessHandle.current().pid());
    try (PeakMemory peak = PeakMemory.of(target.family(), Target.SERVER)) {
      Map<String, Double> begin = family.cpuSeconds();
      Flood.Offered offered = new Flood(crowd).run(perSecond, time);
      Map<String, Double> cpu = Family.used(begin, family.cpuSeconds());
      double generator = cpu.remove(Measured.GENERATOR) / offered.seconds();
      double recovered = recover(crowd);
      crowd.answered(ANSWERS);
      return new Flooding(
          offered,
          crowd.answers(),
          crowd.acks(),
          crowd.refusals(),
          recovered,
          cpu,
          generator,
          new Memory(before, peak.endKib(), collected(target, crowd)),
          crowd.counts().lost() - lost);
    }
  }

  private static double recover(Crowd crowd) {
    Recovery recovery = new Recovery();
    long end = System.nanoTime();
    for (int i = 0; !recovery.over(); i++) {
      long sent = System.nanoTime();
      if (sent - end > LONGEST.toNanos()) {
        return LONGEST.toSeconds();
      }
      List<Link> present = crowd.present();
      boolean acked = !present.isEmpty() && crowd.ask(present.get(i % present.size()), SECOND);
      recovery.tried((sent - end) / 1e9, acked, (System.nanoTime() - sent) / 1e6);
      crowd.idle(PAUSE);
    }
    return recovery.seconds();
  }

  private static double collected(Target target, Crowd crowd) {
    target.collectGarbage();
    crowd.idle(SECOND);
    return target.family().residentKib().get(Target.SERVER);
  }

  /**
   * The flood as a whole, and then each kind of refusal.
   *
   * @param stands sends a second that the server stands
   * @param counts of everything in the end
   */
  List<Result> results(
      String target, String workload, String load, double stands, Audit audit, Counts counts) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    double refused = among(answers.refused());
    figures.put(Figure.STANDS, stands);
    figures.put(Figure.OFFERED, offered.perSecond());
    figures.put(Figure.LATE, (double) offered.late());
    figures.put(Figure.HELD_BACK, (double) offered.heldBack());
    figures.put(Figure.SENDS_PER_SECOND, among(answers.acked()) / offered.seconds());
    figures.put(Figure.ACCEPTED_PERCENT, percent(among(answers.acked())));
    figures.put(Figure.REFUSED_PERCENT, percent(refused));
    figures.put(Figure.UNANSWERED, offered.sent() - among(answers.acked()) - refused);
    figures.put(Figure.ACK_P50, acks.p50());
    figures.put(Figure.ACK_P95, acks.p95());
    figures.put(Figure.ACK_P99, acks.p99());
    figures.put(Figure.ACK_MAX, acks.max());
    figures.put(Figure.KIB_BEFORE, memory.before());
    figures.put(Figure.KIB_PEAK, memory.peak());
    figures.put(Figure.KIB_AFTER, memory.after());
    figures.put(Figure.RECOVERED_SECONDS, recovered);
    figures.put(Figure.CONNECTIONS_LOST, (double) lost);
    figures.put(Figure.ACKED_AND_LOST, (double) audit.lost());
    figures.put(Figure.REFUSED_AND_STORED, (double) audit.refusedAndStored());
    figures.put(Figure.STORED_TWICE, (double) audit.twice());
    figures.put(Figure.GENERATOR_BUSY, generator);
    List<Result> results = new ArrayList<>();
    results.add(new Result(target, workload, load, figures, cpu, counts));
    refusals.forEach(
        (why, times) ->
            results.add(
                new Result(
                    target, workload, Loads.refused(load, why), of(times), Map.of(), counts)));
    return results;
  }

  private Map<Figure, Double> of(Percentiles times) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.REFUSED_PERCENT, percent(times.count()));
    figures.put(Figure.P50, times.p50());
    figures.put(Figure.P95, times.p95());
    figures.put(Figure.P99, times.p99());
    figures.put(Figure.MAX, times.max());
    return figures;
  }

  private double percent(double messages) {
    return offered.sent() == 0 ? 0 : 100 * messages / offered.sent();
  }

  /** How many of the flood's messages these are. */
  private double among(BitSet all) {
    return all.get(offered.first(), offered.first() + offered.sent()).cardinality();
  }
}
