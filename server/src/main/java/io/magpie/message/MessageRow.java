package io.magpie.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** From a row of {@link MessageSql} to a message. */
final class MessageRow {
  private MessageRow() {}

  static Message read(Row row) {
    SentData sent = SentData.read(row.getString("data"));
    Optional<Instant> recalled = instant(row, "recalled_at");
    Optional<Instant> edited = instant(row, "edited_at");
    boolean words = recalled.isEmpty();
    OptionalLong lastReply = number(row, "last_reply");
    return new Message(
        row.getUUID("stream_id"),
        row.getLong("seq"),
        row.getUUID("actor"),
        sent.clientId(),
        row.getOffsetDateTime("at").toInstant().truncatedTo(ChronoUnit.MILLIS),
        words ? body(row, sent) : Optional.empty(),
        words ? mentions(row, sent) : Optional.empty(),
        sent.replyTo(),
        sent.thread(),
        sent.forwardedFrom(),
        edited,
        recalled,
        Optional.ofNullable(row.getUUID("recalled_by")),
        reactions(row),
        lastReply.isPresent() ? number(row, "replies") : OptionalLong.empty(),
        lastReply,
        pin(row));
  }

  /** The body with the words of the last edit. */
  static Optional<Body> body(Row row, SentData sent) {
    String text = row.getString("text");
    return text == null ? sent.body() : sent.body().map(body -> body.withWords(text));
  }

  /** The mentions of the last edit, or else the first ones. */
  static Optional<Mentions> mentions(Row row, SentData sent) {
    if (row.getString("text") == null) {
      return sent.mentions();
    }
    return Optional.ofNullable(row.getString("mentions"))
        .map(json -> Json.convert(Json.readOwn(json), Mentions.class));
  }

  static Optional<Pin> pin(Row row) {
    return Optional.ofNullable(row.getUUID("pin_by"))
        .map(by -> new Pin(by, instant(row, "pin_at").orElseThrow(), instant(row, "pin_until")));
  }

  static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column))
        .map(OffsetDateTime::toInstant)
        .map(at -> at.truncatedTo(ChronoUnit.MILLIS));
  }

  private static OptionalLong number(Row row, String column) {
    Long value = row.getLong(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Optional<List<Reaction>> reactions(Row row) {
    String json = row.getString("reactions");
    if (json == null) {
      return Optional.empty();
    }
    List<Reaction> reactions = new ArrayList<>();
    for (JsonNode node : Json.readOwn(json).get("of")) {
      List<UUID> users = new ArrayList<>();
      node.get("users").forEach(user -> users.add(UUID.fromString(user.textValue())));
      reactions.add(
          new Reaction(node.get("emoji").textValue(), node.get("count").intValue(), users));
    }
    return Optional.of(reactions);
  }
}
