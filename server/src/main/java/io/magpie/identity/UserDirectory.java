package io.magpie.identity;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Users by id, for the other features. What this node read stays up to 5 s, its own changes show at
 * once. Says nothing about who may see whom.
 */
public final class UserDirectory {
  private static final Duration MEMORY = Duration.ofSeconds(5);
  private static final int SIZE = 10_000;

  private final UserStore store;
  private final ShortCache<UUID, Account> cache;

  UserDirectory(UserStore store, Clock clock) {
    this.store = store;
    this.cache = new ShortCache<>(clock, MEMORY, SIZE);
  }

  /** Those of the ids that exist, disabled ones too. */
  public Future<Map<UUID, User>> byIds(Collection<UUID> ids) {
    return accounts(ids)
        .map(
            accounts -> {
              Map<UUID, User> users = new HashMap<>();
              accounts.forEach(account -> users.put(account.id(), User.of(account)));
              return users;
            });
  }

  public Future<Optional<User>> find(UUID id) {
    return accounts(List.of(id)).map(found -> found.stream().findFirst().map(User::of));
  }

  /** Whether every id is a user that can log in. */
  public Future<Boolean> allActive(Collection<UUID> ids) {
    long different = ids.stream().distinct().count();
    return accounts(ids)
        .map(found -> found.stream().filter(account -> !account.disabled()).count() == different);
  }

  /** Users that can log in, by user name. */
  public Future<Optional<User>> byUsername(String username) {
    return store
        .byUsername(username)
        .map(found -> found.filter(account -> !account.disabled()).map(User::of));
  }

  void changed(UUID id) {
    cache.remove(id);
  }

  Future<List<Account>> accounts(Collection<UUID> ids) {
    List<Account> known = new ArrayList<>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : new LinkedHashSet<>(ids)) {
      cache.get(id).ifPresentOrElse(known::add, () -> unknown.add(id));
    }
    if (unknown.isEmpty()) {
      return Future.succeededFuture(known);
    }
    long generation = cache.generation();
    return store
        .byIds(unknown)
        .map(
            read -> {
              read.forEach(account -> cache.put(generation, account.id(), account));
              known.addAll(read);
              return known;
            });
  }
}
