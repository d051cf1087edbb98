package io.magpie.membership;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Who is who. The identity feature answers; nothing here joins its tables. */
@FunctionalInterface
public interface People {
  /** Those that exist, disabled ones included; one query at most. */
  Future<Map<UUID, Person>> byIds(Collection<UUID> users);
}
