package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.process.Cores;
import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.PeerTarget;
import io.magpie.bench.server.Peers;
import io.magpie.bench.server.Services;
import io.magpie.bench.server.Setup;
import io.magpie.bench.server.Target;
import io.magpie.bench.workload.Figure;
import io.magpie.bench.workload.Result;
import io.magpie.bench.workload.Workload;
import io.magpie.bench.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in small against the built jar: counts and order, never time. */
class SmokeIT {
  private static final Path JAR = Path.of("..", "..", "server", "target", "magpie.jar");

  /** Speed is not asked for, and the second compiler takes half of the time of a start. */
  private static final List<String> QUICK_START = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

  @TempDir private Path directory;

  @Test
  void every_delivery_comes_once_and_in_order() {
    assertThat(JAR).as("built by the module server").matches(Files::exists);
    List<String> magpie = List.of("-jar", JAR.toAbsolutePath().normalize().toString());
    Setup setup = new Setup(directory, new Cores("", ""), magpie, QUICK_START, 1, 200);
    List<Result> results = new ArrayList<>();
    try (Services services = Services.start(setup);
        Target server = MagpieTarget.lasting(services);
        Target bare = new PeerTarget(services, new Peers(services, Path.of("peers")).bareVertx())) {
      server.prepare(Workloads.small().stream().map(Workload::shape).distinct().toList());
      for (Target target : List.of(server, bare)) {
        Workloads.small().stream()
            .filter(workload -> workload.takes(target))
            .forEach(workload -> workload.run(target, results::add));
        target.stop();
      }
    }
    assertThat(results).extracting(Result::workload).containsAll(names());
    assertThat(results).filteredOn(result -> !flooded(result)).allSatisfy(SmokeIT::whole);
    assertThat(results)
        .filteredOn(result -> result.figure(Figure.OFFERED) > 0)
        .isNotEmpty()
        .allSatisfy(SmokeIT::nothingAckedIsLost);
  }

  /** Whoever gets more than it stands may refuse. */
  private static boolean flooded(Result result) {
    return result.load().matches("\\d+ times.*");
  }

  private static List<String> names() {
    return Workloads.small().stream().map(Workload::name).toList();
  }

  private static void whole(Result result) {
    assertThat(result.counts().whole()).as("%s", result).isTrue();
    assertThat(result.counts().problems()).isEmpty();
    assertThat(result.figures().values()).as("%s", result).anyMatch(figure -> figure > 0);
  }

  private static void nothingAckedIsLost(Result result) {
    assertThat(result.figure(Figure.ACKED_AND_LOST)).as("%s", result).isZero();
    assertThat(result.figure(Figure.REFUSED_AND_STORED)).as("%s", result).isZero();
    assertThat(result.figure(Figure.STORED_TWICE)).as("%s", result).isZero();
  }
}
