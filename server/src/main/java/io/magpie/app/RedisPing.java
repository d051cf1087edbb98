package io.magpie.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;

/** Asks Redis whether it is there, over a connection of its own pool. */
final class RedisPing {
  private final Redis redis;

  RedisPing(Vertx vertx, String uri) {
    this.redis =
        Redis.createClient(
            vertx,
            new RedisOptions().setConnectionString(uri).setMaxPoolSize(1).setMaxPoolWaiting(4));
  }

  Future<Void> ping() {
    return redis.send(Request.cmd(Command.PING)).mapEmpty();
  }

  void close() {
    redis.close();
  }
}
