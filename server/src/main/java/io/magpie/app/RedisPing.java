package io.magpie.app;

import io.magpie.redis.RedisCommands;
import io.magpie.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/** Asks Redis whether it is there, over a small pool of its own. */
final class RedisPing {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final RedisCommands redis;

  RedisPing(Vertx vertx, RedisSettings settings) {
    this.redis = new RedisCommands(vertx, settings, DEADLINE);
  }

  Future<Void> ping() {
    return redis.send(Request.cmd(Command.PING)).mapEmpty();
  }

  void close() {
    redis.close();
  }
}
