package io.magpie.membership;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Who is in a conversation with whom. */
public final class SharedConversations {
  private static final String SHARING =
      """
      select p.one, p.other from unnest($1::uuid[], $2::uuid[]) as p (one, other)
      where exists (
        select from stream_reader a
        join stream_reader b on b.stream_id = a.stream_id and b.user_id = p.other
          and b.to_seq is null
        where a.user_id = p.one and a.to_seq is null)
      """;

  private final Database database;

  public SharedConversations(Database database) {
    this.database = database;
  }

  /** Two users; a user shares with himself. */
  public record Pair(UUID one, UUID other) {}

  /** Those of the pairs that are in a conversation together now. */
  public Future<Set<Pair>> sharing(Collection<Pair> pairs) {
    UUID[] ones = pairs.stream().map(Pair::one).toArray(UUID[]::new);
    UUID[] others = pairs.stream().map(Pair::other).toArray(UUID[]::new);
    return database
        .query(SHARING, Tuple.tuple().addArrayOfUUID(ones).addArrayOfUUID(others))
        .map(
            rows -> {
              Set<Pair> sharing = new HashSet<>();
              for (Row row : rows) {
                sharing.add(new Pair(row.getUUID("one"), row.getUUID("other")));
              }
              return sharing;
            });
  }
}
