package io.magpie.identity.throttle;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.redis.RedisCommands;
import io.magpie.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in Redis, across nodes. When Redis does not answer within {@value #ANSWER_MS} ms this node
 * counts alone for the next two seconds, so that logging in goes on.
 *
 * <p>Plain commands only, because scripts are not among what the Redis user of a node may do. Of
 * tries at the same moment that are all one too many, the one that sets the block goes through.
 */
public final class RedisThrottle implements LoginThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(RedisThrottle.class);
  private static final int ANSWER_MS = 300;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final RedisCommands redis;
  private final LoginThrottle alone;
  private final Clock clock;
  private final LoginLimits limits;
  private volatile Instant retryAt = Instant.MIN;

  public RedisThrottle(Vertx vertx, RedisSettings settings, Clock clock, LoginLimits limits) {
    this.limits = limits;
    this.redis = new RedisCommands(vertx, settings, Duration.ofMillis(ANSWER_MS));
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

  private Future<Void> count(String name, ThrottleRule rule) {
    return redis
        .send(Request.cmd(Command.PTTL).arg(block(name)))
        .compose(
            wait ->
                wait.toLong() > 0
                    ? tooMany(Duration.ofMillis(wait.toLong()))
                    : redis.batch(raise(key(name), rule)).map(RedisThrottle::raised))
        .compose(failures -> failures < rule.free() ? free() : block(name, rule.wait(failures)));
  }

  /** The first makes the counter with its end, so that none can stay for ever. */
  private static List<Request> raise(String key, ThrottleRule rule) {
    long memory = rule.memory().toMillis();
    List<Request> requests = new ArrayList<>();
    requests.add(Request.cmd(Command.SET).arg(key).arg(0).arg("PX").arg(memory).arg("NX"));
    requests.add(Request.cmd(Command.INCR).arg(key));
    if (rule.sliding()) {
      requests.add(Request.cmd(Command.PEXPIRE).arg(key).arg(memory));
    }
    return requests;
  }

  private static int raised(List<Response> answers) {
    return answers.get(1).toInteger();
  }

  /** Only one of several at the same moment. */
  private Future<Void> block(String name, Duration wait) {
    return redis
        .send(
            Request.cmd(Command.SET)
                .arg(block(name))
                .arg(1)
                .arg("PX")
                .arg(wait.toMillis())
                .arg("NX"))
        .compose(
            set -> set != null ? free() : takeBack(name).compose(done -> tooMany(wait).mapEmpty()));
  }

  private static Future<Void> free() {
    return Future.succeededFuture();
  }

  private static Future<Integer> tooMany(Duration wait) {
    return Future.failedFuture(RequestError.retryAfter(ErrorCode.RATE_LIMITED, wait));
  }

  /** Takes one failure back; a counter that is gone stays gone. */
  private Future<Void> takeBack(String name) {
    return redis
        .send(Request.cmd(Command.GET).arg(key(name)))
        .compose(
            n ->
                n == null || n.toLong() <= 0
                    ? free()
                    : redis.send(Request.cmd(Command.DECR).arg(key(name))).mapEmpty());
  }

  private Future<Void> forget(String name) {
    return redis.send(Request.cmd(Command.DEL).arg(key(name)).arg(block(name))).mapEmpty();
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
