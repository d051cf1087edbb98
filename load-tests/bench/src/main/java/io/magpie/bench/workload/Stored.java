package io.magpie.bench.workload;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Latencies;
import io.magpie.bench.load.Member;
import io.magpie.bench.load.Percentiles;
import io.magpie.bench.process.Family;
import io.magpie.bench.server.Backlog;
import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reading from a database with many messages against reading from one with few: pages of history,
 * the list of conversations with what is unread, and coming back with cursors. One request at a
 * time, each by another person and for another conversation.
 *
 * <p>In the small database only those conversations have messages that are read, so that pages are
 * as full as in the big one.
 *
 * @param shape circles of people, each with conversations of its own; the first circle reads
 * @param each conversations of each circle
 * @param few messages in the small database, a page for each conversation of a circle at least
 * @param many messages in the big one
 * @param times how often each thing is measured, after it was asked for as often: in a service that
 *     runs nothing is cold
 */
record Stored(String name, Shape shape, int each, int few, int many, int times)
    implements MagpieWorkload {
  @Override
  public void measure(MagpieTarget magpie, Consumer<Result> progress) {
    magpie.stop();
    try (Backlog backlog = magpie.backlog(shape, each)) {
      new Phase(magpie, backlog, Loads.FEW, 1, few / each).run(progress);
      int circles = shape.conversations();
      new Phase(magpie, backlog, Loads.MANY, circles, many / each / circles).run(progress);
    }
  }

  /** One of the two databases: so many circles with so many messages in each conversation. */
  private final class Phase {
    private final MagpieTarget magpie;
    private final Backlog backlog;
    private final String load;
    private final int circles;
    private final int messages;

    Phase(MagpieTarget magpie, Backlog backlog, String load, int circles, int messages) {
      this.magpie = magpie;
      this.backlog = backlog;
      this.load = load;
      this.circles = circles;
      this.messages = messages;
    }

    void run(Consumer<Result> progress) {
      progress.accept(fill());
      magpie.fresh();
      List<Member> people = magpie.world(shape).members().subList(0, shape.members());
      try (Reading reading = new Reading(people, backlog.conversations(0), messages)) {
        for (Reading.Question question : reading.questions()) {
          progress.accept(ask(question));
        }
      }
      magpie.stop();
    }

    private Result fill() {
      long begin = System.nanoTime();
      backlog.write(circles, messages);
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.MESSAGES, (double) circles * each * messages);
      figures.put(Figure.SECONDS, (System.nanoTime() - begin) / 1e9);
      Sizes.of(backlog.sizes()).forEach(figures::put);
      return new Result(magpie.name(), name, load, figures, Map.of(), Counts.NONE);
    }

    private Result ask(Reading.Question question) {
      for (int i = 0; i < times; i++) {
        question.asking().ask();
      }
      Family family = magpie.family();
      Map<String, Double> cpu = family.cpuSeconds();
      Latencies latencies = new Latencies();
      for (int i = 0; i < times; i++) {
        latencies.record(question.asking().ask());
      }
      cpu = Family.used(cpu, family.cpuSeconds());
      Percentiles took = latencies.percentiles();
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.P50, took.p50());
      figures.put(Figure.P95, took.p95());
      figures.put(Figure.P99, took.p99());
      figures.put(Figure.MAX, took.max());
      String asked = Loads.asked(question.title(), load);
      return new Result(magpie.name(), name, asked, figures, cpu, Counts.NONE);
    }
  }
}
