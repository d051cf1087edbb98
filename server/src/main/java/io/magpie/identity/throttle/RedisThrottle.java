package io.magpie.identity.throttle;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in Redis, across nodes. When Redis does not answer within {@value #ANSWER_MS} ms this node
 * counts alone for the next two seconds, so that logging in goes on.
 */
public final class RedisThrottle implements LoginThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(RedisThrottle.class);
  private static final int ANSWER_MS = 300;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Keys: counter, block. Arguments: free, memory ms, sliding, greatest wait ms. */
  private static final String COUNT =
      """
      local wait = redis.call('PTTL', KEYS[2])
      if wait > 0 then return wait end
      local n = redis.call('INCR', KEYS[1])
      if n == 1 or ARGV[3] == '1' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
      local over = n - tonumber(ARGV[1])
      if over >= 0 then
        redis.call('SET', KEYS[2], '1', 'PX',
          math.min(1000 * 2 ^ math.min(over, 10), tonumber(ARGV[4])))
      end
      return 0
      """;

  /** Takes one failure back; a counter that is gone stays gone. */
  private static final String TAKE_BACK =
      """
      local n = tonumber(redis.call('GET', KEYS[1]) or '0')
      if n > 0 then redis.call('DECR', KEYS[1]) end
      return 0
      """;

  private final Redis redis;
  private final LoginThrottle alone;
  private final Clock clock;
  private final LoginLimits limits;
  private volatile Instant retryAt = Instant.MIN;

  public RedisThrottle(Vertx vertx, String redisUri, Clock clock, LoginLimits limits) {
    this.limits = limits;
    this.redis =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(redisUri)
                .setMaxPoolSize(4)
                .setMaxPoolWaiting(256)
                .setNetClientOptions(
                    new NetClientOptions()
                        .setConnectTimeout(ANSWER_MS)
                        .setTcpKeepAlive(true)
                        .setIdleTimeout(30)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)));
    this.alone = new LocalThrottle(clock, limits);
    this.clock = clock;
  }

  @Override
  public Future<Void> begin(Try attempt) {
    return orAlone(
        () ->
            count(attempt.addressKey(), limits.address())
                .compose(free -> count(attempt.accountKey(), limits.account())),
        () -> alone.begin(attempt));
  }

  @Override
  public Future<Void> succeeded(Try attempt) {
    return orAlone(
        () -> takeBack(attempt.addressKey()).compose(counted -> forget(attempt.accountKey())),
        () -> alone.succeeded(attempt));
  }

  @Override
  public Future<Void> abandoned(Try attempt) {
    return orAlone(
        () -> takeBack(attempt.addressKey()).compose(done -> takeBack(attempt.accountKey())),
        () -> alone.abandoned(attempt));
  }

  private Future<Void> takeBack(String name) {
    return send(Request.cmd(Command.EVAL).arg(TAKE_BACK).arg(1).arg(key(name))).mapEmpty();
  }

  private Future<Void> forget(String name) {
    return send(Request.cmd(Command.DEL).arg(key(name)).arg(block(name))).mapEmpty();
  }

  private Future<Void> count(String name, ThrottleRule rule) {
    return send(Request.cmd(Command.EVAL)
            .arg(COUNT)
            .arg(2)
            .arg(key(name))
            .arg(block(name))
            .arg(rule.free())
            .arg(rule.memory().toMillis())
            .arg(rule.sliding() ? 1 : 0)
            .arg(ThrottleRule.MAX_WAIT.toMillis()))
        .compose(
            wait ->
                wait.toLong() == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        RequestError.retryAfter(
                            ErrorCode.RATE_LIMITED, Duration.ofMillis(wait.toLong()))));
  }

  private Future<Response> send(Request request) {
    return redis.send(request).timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
  }

  private Future<Void> orAlone(Supplier<Future<Void>> shared, Supplier<Future<Void>> local) {
    if (clock.instant().isBefore(retryAt)) {
      return local.get();
    }
    return shared
        .get()
        .recover(
            failure -> {
              if (failure instanceof RequestError) {
                return Future.failedFuture(failure);
              }
              retryAt = clock.instant().plus(PAUSE);
              LOG.warn("Redis does not answer; logins are counted on this node alone", failure);
              return local.get();
            });
  }

  /** The braces keep both keys of a counter in one slot of a Redis cluster. */
  private static String key(String name) {
    return "magpie:login:{" + name + "}";
  }

  private static String block(String name) {
    return key(name) + ":block";
  }

  public void close() {
    redis.close();
  }
}
