package io.magpie.conversation;

import io.magpie.identity.User;
import io.magpie.membership.ConversationKind;
import io.magpie.message.MessageColumns;
import io.magpie.stream.ReaderRole;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A row of {@link ConversationSql} before names are known. */
record ConversationRow(Row row, UUID reader) {
  UUID id() {
    return row.getUUID("id");
  }

  Instant activeAt() {
    return instant("active_at");
  }

  /** The other one of a direct conversation. */
  Optional<UUID> peer() {
    UUID low = row.getUUID("low");
    return Optional.ofNullable(reader.equals(low) ? row.getUUID("high") : low);
  }

  Conversation conversation(Map<UUID, User> people) {
    return new Conversation(
        id(),
        ConversationKind.ofNumber(row.getShort("kind")).code(),
        Optional.ofNullable(row.getString("name")),
        row.getString("announcement"),
        peer().map(people::get),
        row.getInteger("members"),
        instant("created_at"),
        activeAt(),
        row.getLong("head"),
        ownState(),
        MessageColumns.read(row));
  }

  private Conversation.OwnState ownState() {
    return new Conversation.OwnState(
        ReaderRole.ofNumber(row.getShort("role")).code(),
        row.getLong("from_seq"),
        row.getLong("read_seq"),
        row.getLong("delivered_seq"),
        row.getLong("unread").intValue(),
        row.getLong("mention_count").intValue(),
        row.getBoolean("muted"),
        row.getBoolean("pinned"),
        row.getBoolean("archived"),
        draft());
  }

  private Optional<Conversation.Draft> draft() {
    Long replyTo = row.getLong("draft_reply_to");
    return Optional.ofNullable(row.getString("draft_text"))
        .map(
            text ->
                new Conversation.Draft(
                    text,
                    replyTo == null ? OptionalLong.empty() : OptionalLong.of(replyTo),
                    instant("draft_at")));
  }

  private Instant instant(String column) {
    return row.getOffsetDateTime(column).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
