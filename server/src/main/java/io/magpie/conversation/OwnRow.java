package io.magpie.conversation;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a present member keeps about a conversation, inside a change that holds the lock of the
 * member's inbox.
 */
record OwnRow(Settings settings, Optional<String> draft, OptionalLong draftReplyTo) {
  private static final String FIND =
      """
      select m.muted, m.pinned, m.archived, m.draft_text, m.draft_reply_to
      from conversation_member m
      join stream_reader r on r.stream_id = m.conversation_id and r.user_id = m.user_id
        and r.to_seq is null
      where m.conversation_id = $1 and m.user_id = $2
      """;

  /** Fails with not_found where the user is no member now. */
  static Future<OwnRow> find(Change change, UUID conversation, UUID user) {
    return change
        .query(FIND, Tuple.of(conversation, user))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return read(rows.iterator().next());
            });
  }

  private static OwnRow read(Row row) {
    Long replyTo = row.getLong("draft_reply_to");
    return new OwnRow(
        new Settings(row.getBoolean("muted"), row.getBoolean("pinned"), row.getBoolean("archived")),
        Optional.ofNullable(row.getString("draft_text")),
        replyTo == null ? OptionalLong.empty() : OptionalLong.of(replyTo));
  }
}
