package io.magpie.faults.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.backup.Verifier;
import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.cluster.ServerProcess;
import io.magpie.faults.history.History;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import io.magpie.faults.load.Crowd;
import io.magpie.faults.load.LoadDriver;
import io.magpie.protocol.Json;
import io.magpie.storage.Schema;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * F07: two servers of an older commit become present ones, one after the other, while people send.
 * In between the older one serves on the migrated schema, and also starts on it anew.
 */
class RollingUpgradeIT {
  private static final Path DIRECTORY = Path.of("target", "faults", "upgrade");
  private static final Path PREVIOUS = Path.of(System.getProperty("magpie.previous.jar", ""));
  private static final String PASSWORD = "correct horse 马";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SENDS = 300;

  /** Of the suite, and not in every older server. */
  private static final Set<String> NEW_SETTINGS = Set.of("MAGPIE_NODE_ID", "MAGPIE_NODE_LEASE");

  /** Nothing here is about time, and a start may come while the machine compiles. */
  private static final Map<String, String> PATIENT =
      Map.of("MAGPIE_POSTGRES_CONNECT_TIMEOUT", "10s", "MAGPIE_POSTGRES_STATEMENT_TIMEOUT", "10s");

  @Test
  void F07_servers_are_replaced_one_by_one_under_load() {
    assertThat(PREVIOUS).as("-Dmagpie.previous.jar").isRegularFile();
    try (FaultCluster cluster = FaultCluster.empty(DIRECTORY, 2)) {
      Node one = older(cluster, "node1");
      Node two = older(cluster, "node2");
      String before = schema(cluster);
      assertThat(before).isLessThanOrEqualTo(Schema.newestKnown());
      Crowd crowd = Crowd.make(new TestHttp(one.url()), superAdmin(cluster, one), 12, 4, 6, 7);
      Map<String, String> nodes = Map.of(one.name(), one.url(), two.name(), two.url());
      LoadDriver driver =
          LoadDriver.start(DIRECTORY, 7, crowd, nodes, List.of(one.url(), two.url()));
      try (driver) {
        driver.connect(PATIENCE);
        driver.load(60);
        sent(driver, SENDS);

        replace(one, ServerProcess::becomePresent);
        assertThat(schema(cluster)).isEqualTo(Schema.newestKnown());
        sent(driver, 2 * SENDS);
        replace(two, process -> {});
        sent(driver, 3 * SENDS);
        replace(two, ServerProcess::becomePresent);
        sent(driver, 4 * SENDS);

        driver.quiesce(PATIENCE);
        driver.readAll(PATIENCE);
      }
      nothingIsLostDoubledOrOutOfOrder(History.read(List.of(driver.history())), nodes.size());
      assertThat(Verifier.verify(cluster.endpoints().postgresUri(), line -> {})).isEmpty();
    }
  }

  private static Node older(FaultCluster cluster, String name) {
    Node node = cluster.add(name, PATIENT, List.of());
    node.process().become(PREVIOUS, NEW_SETTINGS);
    node.process().start();
    node.process().awaitReady();
    return node;
  }

  private interface Becoming {
    void change(ServerProcess process);
  }

  private static void replace(Node node, Becoming becoming) {
    node.process().terminate();
    assertThat(node.process().awaitExit(Duration.ofSeconds(30))).isIn(0, 143);
    becoming.change(node.process());
    node.process().start();
    node.process().awaitReady();
  }

  private static String schema(FaultCluster cluster) {
    return cluster.sql("select max(version) from flyway_schema_history where success");
  }

  private static String superAdmin(FaultCluster cluster, Node node) {
    String link = cluster.addUser("--super-admin", "root").replaceAll("(?s).*#(\\S+).*", "$1");
    TestHttp http = new TestHttp(node.url());
    http.send(
        "POST",
        "/links/redeem",
        null,
        Json.object().put("token", link).put("password", PASSWORD).toString());
    JsonNode tokens =
        http.send(
                "POST",
                "/sessions",
                null,
                Json.object().put("username", "root").put("password", PASSWORD).toString())
            .ok();
    return tokens.get("accessToken").textValue();
  }

  private static void sent(LoadDriver driver, int number) {
    Deadline.await(
        number + " sends", PATIENCE, () -> driver.stats().get("sent").intValue() >= number);
  }

  private static void nothingIsLostDoubledOrOutOfOrder(History history, int nodes) {
    Map<String, Set<String>> places = new HashMap<>();
    Set<String> acked = new HashSet<>();
    Map<String, Long> last = new HashMap<>();
    for (Line line : history.lines()) {
      if (line instanceof Line.Send send && send.phase() == Phase.OK) {
        acked.add(send.clientId() + " " + send.seq());
      } else if (line instanceof Line.Deliver deliver) {
        String place = deliver.client() + " " + deliver.stream();
        assertThat(deliver.seq()).isGreaterThan(last.getOrDefault(place, 0L));
        last.put(place, deliver.seq());
      } else if (line instanceof Line.Final read) {
        Set<String> found = places.computeIfAbsent(read.node(), node -> new HashSet<>());
        read.events().stream()
            .filter(event -> !event.clientId().isEmpty())
            .map(event -> event.clientId() + " " + event.seq())
            .forEach(event -> assertThat(found.add(event)).as(event).isTrue());
      }
    }
    assertThat(acked).hasSizeGreaterThanOrEqualTo(4 * SENDS / 2);
    assertThat(places).hasSize(nodes);
    Set<String> everywhere =
        places.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    places.values().forEach(found -> assertThat(found).isEqualTo(everywhere));
    assertThat(everywhere).containsAll(acked);
  }
}
