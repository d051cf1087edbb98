package io.magpie.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The harm that cases do takes effect and can be undone. */
class FaultClusterIT {
  @Test
  void processes_and_connections_are_harmed_and_healed() {
    try (FaultCluster cluster =
        FaultCluster.start(
            Path.of("target", "faults", "kit"), 2, Map.of(), List.of(), Optional.empty())) {
      Node one = cluster.node(1);
      Node two = cluster.node(2);
      assertThat(one.process().descriptors()).isPositive();
      assertThat(one.process().threads()).isPositive();
      assertThat(one.process().residentKiB()).isPositive();
      one.process().kill();
      assertThat(one.process().isReady()).isFalse();
      two.process().freeze();
      assertThat(two.process().status("/health/live")).isEqualTo(OptionalInt.empty());
      cluster.services().killRedis();
      cluster.services().killBackend(new Random(1));
      cluster.services().killPostgres();
      cluster.heal();
      assertThat(cluster.sql("select 1")).isEqualTo("1");
      cluster.services().stopPostgresImmediately();
      Deadline.await(
          "the node is not ready", Duration.ofSeconds(10), () -> !one.process().isReady());
      cluster.heal();
      one.postgres().swallow();
      Deadline.await(
          "the node is not ready", Duration.ofSeconds(15), () -> !one.process().isReady());
      assertThat(one.postgres().counts().swallowed()).isPositive();
      assertThat(two.process().isReady()).isTrue();
      cluster.heal();
      two.process().terminate();
      assertThat(two.process().awaitExit(Duration.ofSeconds(20))).isZero();
    }
  }
}
