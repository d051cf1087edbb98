package io.magpie.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commands on a few pooled connections, each answered or failed within a deadline. A connection
 * that does not answer is closed after a few seconds of silence, so the pool mends itself.
 */
public final class RedisCommands {
  private static final int POOL = 4;
  private static final int WAITING = 256;

  private final Redis redis;
  private final long deadlineMs;

  public RedisCommands(Vertx vertx, RedisSettings settings, Duration deadline) {
    this.redis = new Connector(vertx, settings).pool(POOL, WAITING);
    this.deadlineMs = deadline.toMillis();
  }

  public Future<Response> send(Request request) {
    return redis.send(request).timeout(deadlineMs, TimeUnit.MILLISECONDS);
  }

  /** In one write; in a Cluster all keys must lie in one slot. One error fails all. */
  public Future<List<Response>> batch(List<Request> requests) {
    return redis.batch(requests).timeout(deadlineMs, TimeUnit.MILLISECONDS);
  }

  public void close() {
    redis.close();
  }
}
