package io.magpie.app.rehearsal;

import io.magpie.access.Actor;
import io.magpie.access.Authenticator;
import io.magpie.access.Role;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who takes part in a rehearsal. Their tokens are random and good for its gateway alone: whoever
 * else finds its port is nobody.
 */
final class Cast implements Authenticator {
  private final Map<String, Actor.User> byToken = new HashMap<>();
  private final List<Member> members;

  /** Somebody with a token. */
  record Member(UUID id, String token) {}

  /**
   * @param now by the clock that judges tokens
   */
  Cast(int count, Instant now) {
    members =
        Stream.generate(() -> new Member(UUID.randomUUID(), UUID.randomUUID().toString()))
            .limit(count)
            .toList();
    Instant later = now.plus(1, ChronoUnit.DAYS);
    for (Member member : members) {
      byToken.put(
          member.token(),
          new Actor.User(member.id(), UUID.randomUUID(), Set.of(Role.EMPLOYEE), later));
    }
  }

  List<Member> members() {
    return members;
  }

  @Override
  public void check(String token) {
    if (!byToken.containsKey(token)) {
      throw RequestError.of(ErrorCode.UNAUTHENTICATED);
    }
  }

  @Override
  public Future<Actor.User> accessToken(String token) {
    Actor.User user = byToken.get(token);
    return user == null ? stranger() : Future.succeededFuture(user);
  }

  @Override
  public Future<Actor.User> cookie(String value) {
    return stranger();
  }

  @Override
  public Future<Actor.App> appKey(String key) {
    return stranger();
  }

  private static <T> Future<T> stranger() {
    return Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED));
  }
}
