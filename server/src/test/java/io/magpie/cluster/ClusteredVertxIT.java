package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.SelfSigned;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hazelcast itself, over loopback. */
class ClusteredVertxIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static ClusteredVertx.Joined join(ClusterSettings settings) {
    return ClusteredVertx.join(new VertxOptions(), settings).await();
  }

  @Test
  void two_nodes_find_each_other_by_their_list_and_signals_cross() {
    List<Integer> ports = Loopback.ports(4);
    String[] members = {"127.0.0.1:" + ports.get(0), "localhost:" + ports.get(1)};
    two(
        Loopback.settings(ports.get(0), ports.get(2), members),
        Loopback.settings(ports.get(1), ports.get(3), members));
  }

  @Test
  void signals_cross_with_tls_too() {
    List<Integer> ports = Loopback.ports(4);
    String[] members = {"127.0.0.1:" + ports.get(0), "127.0.0.1:" + ports.get(1)};
    SelfSigned own = SelfSigned.in(directory, "node");
    two(
        secure(Loopback.settings(ports.get(0), ports.get(2), members), own),
        secure(Loopback.settings(ports.get(1), ports.get(3), members), own));
  }

  private static ClusterSettings secure(ClusterSettings plain, SelfSigned own) {
    return new ClusterSettings(
        plain.name(),
        plain.host(),
        false,
        plain.port(),
        plain.busPort(),
        plain.members(),
        Optional.empty(),
        Optional.of(new ClusterSettings.Tls(own.certificate(), own.key(), own.certificate())));
  }

  private static void two(ClusterSettings first, ClusterSettings second) {
    ClusteredVertx.Joined one = join(first);
    try {
      ClusteredVertx.Joined two = join(second);
      try {
        Deadline.await("both see two", LONG, () -> one.members().getAsInt() == 2);
        Deadline.await("both see two", LONG, () -> two.members().getAsInt() == 2);
        AtomicInteger heard = new AtomicInteger();
        two.vertx().eventBus().consumer("hello", m -> heard.incrementAndGet()).completion().await();
        Deadline.await(
            "a signal crosses",
            LONG,
            () -> {
              one.vertx().eventBus().publish("hello", "");
              return heard.get() > 0;
            });
      } finally {
        two.vertx().close().await();
      }
      Deadline.await("one is left", LONG, () -> one.members().getAsInt() == 1);
    } finally {
      one.vertx().close().await();
    }
  }

  @Test
  void a_node_starts_without_the_others() {
    List<Integer> ports = Loopback.ports(3);
    long begun = System.nanoTime();
    ClusteredVertx.Joined alone =
        join(
            Loopback.settings(
                ports.get(0), ports.get(1), "127.0.0.1:" + ports.get(2), "nobody.invalid"));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    assertThat(alone.members().getAsInt()).isEqualTo(1);
    alone.vertx().close().await();
  }

  @Test
  void a_port_that_is_taken_is_told() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int free = Loopback.ports(1).get(0);
      assertThatThrownBy(() -> join(Loopback.settings(taken.getLocalPort(), free, "127.0.0.1")))
          .isInstanceOf(ClusterRefused.class)
          .hasMessageContaining("MAGPIE_CLUSTER_PORT=" + taken.getLocalPort());
    }
  }
}
