package io.magpie.app;

import io.magpie.redis.RedisCommands;
import io.magpie.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * What Redis still holds of a database that was replaced. Only keys with our prefix are touched.
 */
final class RedisKeys {
  private static final String PATTERN = "magpie:*";
  private static final int PAGE = 100;
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final RedisCommands redis;

  private RedisKeys(RedisCommands redis) {
    this.redis = redis;
  }

  /** Deletes them; blocks. Tells what came of it, since nothing depends on it. */
  static String clear(RedisSettings settings) {
    Vertx vertx = Vertx.vertx();
    RedisCommands redis = new RedisCommands(vertx, settings, DEADLINE);
    try {
      return "Cleared " + Waiting.on(new RedisKeys(redis).next("0", 0)) + " keys of Redis.";
    } catch (RuntimeException e) {
      return "Redis was not cleared, which does no harm: " + e.getMessage();
    } finally {
      redis.close();
      Waiting.on(vertx.close());
    }
  }

  private Future<Long> next(String cursor, long before) {
    Request scan = Request.cmd(Command.SCAN).arg(cursor).arg("MATCH").arg(PATTERN);
    return redis
        .send(scan.arg("COUNT").arg(PAGE))
        .compose(page -> delete(page, before))
        .compose(
            found ->
                found.cursor().equals("0")
                    ? Future.succeededFuture(found.deleted())
                    : next(found.cursor(), found.deleted()));
  }

  private record Page(String cursor, long deleted) {}

  /** One by one: in a Cluster they lie in different places. */
  private Future<Page> delete(Response page, long before) {
    List<String> keys = page.get(1).stream().map(Response::toString).toList();
    Future<Void> all = Future.succeededFuture();
    for (String key : keys) {
      all = all.compose(done -> redis.send(Request.cmd(Command.UNLINK).arg(key)).mapEmpty());
    }
    return all.map(done -> new Page(page.get(0).toString(), before + keys.size()));
  }
}
