package io.magpie.identity.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.identity.TestClock;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.redis.RedisSettings;
import io.magpie.testkit.EmbeddedForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisThrottleIT {
  private static Vertx vertx;
  private static RedisThrottle one;
  private static RedisThrottle two;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    RedisSettings redis = RedisSettings.standalone(EmbeddedForTests.endpoints().redisUri());
    one = new RedisThrottle(vertx, redis, new TestClock(), LoginLimits.DEFAULT);
    two = new RedisThrottle(vertx, redis, new TestClock(), LoginLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    settled(vertx.close());
  }

  /** Names of their own, for Redis keeps counters between runs. */
  private static Try attempt() {
    return new Try("user-" + UUID.randomUUID(), "address-" + UUID.randomUUID(), false);
  }

  private static <T> Future<T> settled(Future<T> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .handle((value, failure) -> "")
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    return future;
  }

  private static long wait(LoginThrottle throttle, Try attempt) {
    Future<Void> begun = settled(throttle.begin(attempt));
    if (begun.succeeded()) {
      return 0;
    }
    RequestError refused = (RequestError) begun.cause();
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    return refused.retryAfterMs().orElseThrow();
  }

  @Test
  void failures_on_two_nodes_are_counted_together() {
    Try attempt = attempt();
    for (int i = 0; i < 5; i++) {
      assertThat(wait(i % 2 == 0 ? one : two, attempt)).isZero();
    }
    assertThat(wait(two, attempt)).isBetween(1L, 1_000L);
  }

  @Test
  void tries_at_once_are_not_free() {
    Try attempt = attempt();
    var begun = IntStream.range(0, 50).mapToObj(i -> one.begin(attempt)).toList();
    begun.forEach(RedisThrottleIT::settled);
    assertThat(begun.stream().filter(Future::succeeded)).hasSize(5);
  }

  @Test
  void success_forgets_and_an_unevaluated_try_is_taken_back() {
    Try attempt = attempt();
    for (int i = 0; i < 20; i++) {
      assertThat(wait(one, attempt)).isZero();
      settled(i % 2 == 0 ? one.succeeded(attempt) : one.abandoned(attempt));
    }
  }

  @Test
  void without_redis_the_node_counts_alone_and_answers_soon() throws IOException {
    // Accepts and never answers: worse than a port where nobody listens.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TestClock clock = new TestClock();
      RedisThrottle alone =
          new RedisThrottle(
              vertx,
              RedisSettings.standalone("redis://127.0.0.1:" + silent.getLocalPort()),
              clock,
              LoginLimits.DEFAULT);
      Try attempt = attempt();
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(wait(alone, attempt)).isZero();
      }
      assertThat(wait(alone, attempt)).isEqualTo(1_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      alone.close();
    }
  }
}
