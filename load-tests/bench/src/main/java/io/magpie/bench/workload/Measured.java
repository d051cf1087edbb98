package io.magpie.bench.workload;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.OpenLoop;
import io.magpie.bench.load.Outcome;
import io.magpie.bench.process.Family;
import io.magpie.bench.server.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs plans against one server and looks at the CPU time of its processes meanwhile. */
final class Measured {
  static final String GENERATOR = "generator";

  private final String target;
  private final String workload;
  private final int members;
  private final Family family;
  private final OpenLoop sending;

  Measured(Target target, String workload, int members, Crowd crowd) {
    this(target, workload, members, crowd, crowd.links());
  }

  /**
   * @param senders those of the crowd who send
   */
  Measured(Target target, String workload, int members, Crowd crowd, List<Link> senders) {
    this.target = target.name();
    this.members = members;
    this.workload = workload;
    family = target.family().with(GENERATOR, ProcessHandle.current().pid());
    sending = new OpenLoop(crowd, senders);
  }

  private final class Cpu implements OpenLoop.Watch {
    private Map<String, Double> before = Map.of();
    private Map<String, Double> used = Map.of();

    @Override
    public void begin() {
      before = family.cpuSeconds();
    }

    @Override
    public void end() {
      used = Family.used(before, family.cpuSeconds());
    }
  }

  Result run(OpenLoop.Plan plan, String load) {
    Cpu cpu = new Cpu();
    Outcome outcome = sending.run(plan, cpu);
    double generator = cpu.used.remove(GENERATOR);
    double server = cpu.used.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    // What was late from the warm-up, or came after the measured time, is counted but no speed.
    double asked = plan.perSecond() * members;
    figures.put(Figure.DELIVERIES_PER_SECOND, Math.min(asked, outcome.deliveredPerSecond()));
    double acked = outcome.acks().count() / outcome.seconds();
    figures.put(Figure.SENDS_PER_SECOND, Math.min(plan.perSecond(), acked));
    figures.put(Figure.P50, outcome.deliveries().p50());
    figures.put(Figure.P95, outcome.deliveries().p95());
    figures.put(Figure.P99, outcome.deliveries().p99());
    figures.put(Figure.MAX, outcome.deliveries().max());
    figures.put(Figure.ACK_P50, outcome.acks().p50());
    figures.put(Figure.ACK_P95, outcome.acks().p95());
    figures.put(Figure.ACK_P99, outcome.acks().p99());
    figures.put(Figure.ACK_MAX, outcome.acks().max());
    figures.put(Figure.WHOLE_P50, outcome.wholes().p50());
    figures.put(Figure.WHOLE_P99, outcome.wholes().p99());
    figures.put(Figure.WHOLE_MAX, outcome.wholes().max());
    figures.put(Figure.CPU_PER_MILLION, Ratios.perMillion(server, outcome.delivered()));
    figures.put(Figure.CPU_MS_PER_SEND, Ratios.perMillion(server, outcome.acks().count()) / 1_000);
    figures.put(Figure.GENERATOR_BUSY, generator / outcome.seconds());
    return new Result(target, workload, load, figures, cpu.used, outcome.counts());
  }
}
