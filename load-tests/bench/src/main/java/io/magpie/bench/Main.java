package io.magpie.bench;

import io.magpie.bench.process.Child;
import io.magpie.bench.process.Cores;
import io.magpie.bench.report.Machine;
import io.magpie.bench.report.Page;
import io.magpie.bench.report.Run;
import io.magpie.bench.server.Services;
import io.magpie.bench.server.Setup;
import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import io.magpie.bench.workload.Result;
import io.magpie.bench.workload.Workload;
import io.magpie.bench.workload.Workloads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code java -jar bench.jar}: see README.md. */
public final class Main {
  private static final int BODY_BYTES = 200;
  private static final int UNFINISHED = 1;
  private static final int BAD_OPTION = 2;
  private static final String SHARED = "share the only core that there is";

  private final Options options;
  private final PrintStream out;
  private final Turns turns;

  private Main(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
    turns = new Turns(out);
  }

  public static void main(String[] args) throws IOException {
    try {
      Main main = new Main(Options.of(args), System.out);
      main.run();
      if (!main.turns.allFinished()) {
        System.exit(UNFINISHED);
      }
    } catch (BadOption e) {
      System.err.println(e.getMessage());
      System.exit(BAD_OPTION);
    } catch (RuntimeException e) {
      // Somebody stopped the run: that its servers went away is no failure.
      if (!Child.ending()) {
        throw e;
      }
    }
  }

  private void run() throws IOException {
    List<Workload> workloads = workloads();
    List<String> names = Targets.chosen(options.targets());
    Run run = options.adds() || workloads.isEmpty() ? Run.read(file()) : Run.empty();
    if (!workloads.isEmpty()) {
      run = measureAll(workloads, names, run);
    }
    Page page = new Page(run, options.results());
    page.write();
    options.page().ifPresent(page::into);
    out.println(page.markdown());
  }

  private Path file() {
    return options.results().resolve("results.json");
  }

  private Run measureAll(List<Workload> workloads, List<String> names, Run before)
      throws IOException {
    Cores cores = Cores.ofMachine(Runtime.getRuntime().availableProcessors());
    if (!cores.apart()) {
      out.println("Server and generator " + SHARED + ": these are no figures of a server core.");
    }
    cores.bindGenerator();
    Run run = before;
    Path directory = RunDirectory.make();
    Setup setup =
        new Setup(
            directory, cores, options.magpie(), options.javaOptions(), options.nodes(), BODY_BYTES);
    try (Services services = Services.start(setup);
        Targets targets = Targets.of(services, options.peers(), names)) {
      Set<Shape> shapes = workloads.stream().map(Workload::shape).collect(Collectors.toSet());
      targets.all().forEach(target -> target.prepare(shapes));
      for (Workload workload : workloads) {
        for (Target target : targets.all()) {
          List<Result> found = turns.take(workload, target);
          run = run.with(machine(setup), target.name(), turns.notes(target), found);
          run.write(file());
        }
      }
    }
    return run;
  }

  private List<Workload> workloads() {
    return options.chosen(
        Workloads.all(
            options.rates(), options.time(), options.stands(), options.messages(), options.idle()));
  }

  private static Map<String, String> machine(Setup setup) {
    Map<String, String> machine = new LinkedHashMap<>(Machine.look());
    Cores cores = setup.cores();
    machine.put("cores of the server side", cores.apart() ? cores.server() : SHARED);
    machine.put("cores of the generator", cores.apart() ? cores.generator() : SHARED);
    machine.put(
        "options of the Java runtime, Magpie and bare Vert.x",
        String.join(" ", setup.javaOptions()));
    return machine;
  }
}
