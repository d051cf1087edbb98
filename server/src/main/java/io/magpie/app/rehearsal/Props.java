package io.magpie.app.rehearsal;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** The rows on which a rehearsal plays: a group and an inbox of each of its members. */
final class Props {
  private static final String STREAMS =
      """
      insert into stream (id, kind)
      select $1::uuid, 1 union all select m, 2 from unnest($2::uuid[]) as u (m)
      """;

  private static final String READERS =
      """
      insert into stream_reader (stream_id, user_id, from_seq)
      select s, m, 1 from unnest($2::uuid[]) as u (m) cross join lateral (values ($1::uuid), (m)) v (s)
      """;

  private static final String CONVERSATION =
      """
      insert into conversation (id, kind, name, members, created_by, created_at)
      values ($1, 2, '', cardinality($2::uuid[]), ($2::uuid[])[1], now())
      """;

  private static final String MEMBERS =
      """
      insert into conversation_member (conversation_id, user_id, read_seq, delivered_seq)
      select $1, m, 0, 0 from unnest($2::uuid[]) as u (m)
      """;

  private Props() {}

  static Future<Void> set(Database database, UUID conversation, Cast cast) {
    UUID[] members = cast.members().stream().map(Cast.Member::id).toArray(UUID[]::new);
    Tuple values = Tuple.of(conversation, (Object) members);
    return database
        .query(STREAMS, values)
        .compose(done -> database.query(READERS, values))
        .compose(done -> database.query(CONVERSATION, values))
        .compose(done -> database.query(MEMBERS, values))
        .mapEmpty();
  }
}
