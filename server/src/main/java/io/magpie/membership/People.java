package io.magpie.membership;

import io.magpie.identity.User;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Who is who: the users' directory. Nothing here joins its tables. */
@FunctionalInterface
public interface People {
  /** Those that exist, disabled ones included; one query at most. */
  Future<Map<UUID, User>> byIds(Collection<UUID> users);
}
