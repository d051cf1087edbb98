package io.magpie.membership;

import io.magpie.stream.Change;
import io.magpie.stream.ReaderRole;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Present members inside a change that holds the conversation's lock. */
final class MemberStore {
  private static final String ROLES =
      """
      select user_id, role from stream_reader
      where stream_id = $1 and user_id = any($2) and to_seq is null
      """;

  private static final String COUNT =
      """
      update conversation set members = members + $2 where id = $1
      """;

  private MemberStore() {}

  /** Roles of those of them who are in. */
  static Future<Map<UUID, ReaderRole>> roles(
      Change change, UUID conversation, Collection<UUID> users) {
    return change
        .query(ROLES, Tuple.of(conversation, (Object) users.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, ReaderRole> roles = new HashMap<>();
              for (Row row : rows) {
                roles.put(row.getUUID("user_id"), ReaderRole.ofNumber(row.getShort("role")));
              }
              return roles;
            });
  }

  static Future<Optional<ReaderRole>> role(Change change, UUID conversation, UUID user) {
    return roles(change, conversation, List.of(user))
        .map(roles -> Optional.ofNullable(roles.get(user)));
  }

  static Future<Void> count(Change change, UUID conversation, int difference) {
    return change.query(COUNT, Tuple.of(conversation, difference)).mapEmpty();
  }
}
