package io.magpie.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must work in each shape of Redis, whatever its version. */
abstract class RedisShapes {
  private Vertx vertx;
  private RedisProcesses processes;

  abstract Path executable();

  /** Whether it has channels by slot. */
  abstract boolean sharded();

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    processes = new RedisProcesses(executable(), sharded());
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    processes.close();
  }

  RedisProcesses processes() {
    return processes;
  }

  Vertx vertx() {
    return vertx;
  }

  @Test
  void what_is_lost_is_found_again() {
    int port = processes.server();
    processes.awaitAnswer(port, "PONG", "PING");
    RedisSettings settings = RedisSettings.standalone(RedisProcesses.uri(port));
    try (Ear one = new Ear(vertx, settings).subscribed("magpie:t:a");
        Ear two = new Ear(vertx, settings).subscribed("magpie:t:a")) {
      one.reaches(two, "magpie:t:a");
      for (int i = 0; i < 3; i++) {
        processes.ask(port, "CLIENT", "KILL", "TYPE", i % 2 == 0 ? "pubsub" : "normal");
        one.reaches(two, "magpie:t:a");
        two.reaches(one, "magpie:t:a");
      }
      Deadline.await("live", () -> one.pubSub().live());
      processes.kill(0);
      Deadline.await("lost", () -> !one.pubSub().live());
    }
  }

  @Test
  void sentinels_tell_the_master_and_after_a_failover_the_new_one() throws Exception {
    int master = processes.server();
    int replica = processes.server("replicaof 127.0.0.1 " + master);
    int sentinel = processes.sentinel(master);
    processes.awaitAnswer(replica, "master_link_status:up", "INFO", "replication");
    processes.awaitAnswer(sentinel, "slaves=1", "INFO", "sentinel");
    RedisSettings settings =
        new RedisSettings(
            RedisSettings.Shape.SENTINEL,
            List.of("redis://127.0.0.1:1", RedisProcesses.uri(sentinel)),
            "main",
            Optional.empty());
    RedisCommands commands = new RedisCommands(vertx, settings, Duration.ofSeconds(5));
    try (Ear one = new Ear(vertx, settings).subscribed("magpie:t:a");
        Ear two = new Ear(vertx, settings).subscribed("magpie:t:a")) {
      one.reaches(two, "magpie:t:a");
      assertThat(setAndGet(commands, "before")).isEqualTo("before");
      processes.kill(0);
      processes.awaitAnswer(replica, "role:master", "INFO", "replication");
      one.reaches(two, "magpie:t:a");
      two.reaches(one, "magpie:t:a");
      Deadline.await(
          "commands at the new master",
          Duration.ofSeconds(30),
          () -> {
            try {
              return setAndGet(commands, "after").equals("after");
            } catch (ExecutionException | InterruptedException | TimeoutException notYet) {
              return false;
            }
          });
    }
    commands.close();
  }

  @Test
  void nodes_of_a_cluster_reach_one_another_whichever_server_they_know() throws Exception {
    List<Integer> ports = processes.cluster();
    List<String> channels =
        IntStream.range(0, 30).mapToObj(i -> "magpie:t:s:" + i).collect(Collectors.toList());
    RedisCommands commands = new RedisCommands(vertx, cluster(ports.get(0)), Duration.ofSeconds(5));
    try (Ear one = new Ear(vertx, cluster(ports.get(0)));
        Ear two = new Ear(vertx, cluster(ports.get(2)))) {
      two.subscribed(channels.toArray(String[]::new));
      one.subscribed(Ear.EVERYBODY);
      channels.forEach(channel -> one.reaches(two, channel));
      assertThat(setAndGet(commands, "here")).isEqualTo("here");
      assertThat(one.pubSub().live()).isTrue();
    }
    commands.close();
  }

  private static RedisSettings cluster(int port) {
    return new RedisSettings(
        RedisSettings.Shape.CLUSTER, List.of(RedisProcesses.uri(port)), "", Optional.empty());
  }

  private static String setAndGet(RedisCommands commands, String value)
      throws ExecutionException, InterruptedException, TimeoutException {
    String key = "magpie:login:{a}";
    return commands
        .batch(
            List.of(
                Request.cmd(Command.SET).arg(key).arg(value), Request.cmd(Command.GET).arg(key)))
        .map(answers -> answers.get(1).toString())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
