package io.magpie.bench;

import io.magpie.bench.process.Cores;
import io.magpie.bench.report.Lines;
import io.magpie.bench.target.MagpieTarget;
import io.magpie.bench.target.Services;
import io.magpie.bench.target.Setup;
import io.magpie.bench.target.Shape;
import io.magpie.bench.target.Target;
import io.magpie.bench.workload.Ramp;
import io.magpie.bench.workload.Result;
import io.magpie.bench.workload.SteadyLoad;
import io.magpie.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar bench.jar}: see README.md. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    Options options = Options.of(args);
    Cores cores = Cores.ofMachine(Runtime.getRuntime().availableProcessors());
    cores.bindGenerator();
    Path directory = Files.createTempDirectory("magpie-bench-");
    Setup setup =
        new Setup(directory, cores, options.magpie(), options.javaOptions(), options.nodes(), 200);
    List<Result> results = new ArrayList<>();
    try (Services services = Services.start(setup);
        Target target = new MagpieTarget(services)) {
      for (Workload workload : workloads(options)) {
        workload.run(
            target,
            result -> {
              results.add(result);
              Lines.print(result);
            });
      }
    }
  }

  private static List<Workload> workloads(Options options) {
    List<Workload> all =
        List.of(
            new SteadyLoad("W1", new Shape(1, 100), 20, Duration.ofSeconds(30)),
            new Ramp(
                "W2 dense",
                new Shape(10, 100),
                20_000,
                options.climbs() ? 2_000_000 : 0,
                options.rates(20_000, 80_000, 320_000),
                Ramp.Counted.DELIVERIES,
                options.time()));
    return all.stream().filter(workload -> options.wants(workload.name())).toList();
  }
}
