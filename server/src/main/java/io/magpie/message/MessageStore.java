package io.magpie.message;

import io.magpie.protocol.Json;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What later happened to messages, written inside a change that holds the conversation's lock. */
final class MessageStore {
  private static final String EDIT =
      """
      insert into message_state (stream_id, seq, text, mentions, edited_at, edits)
      values ($1, $2, $3, ($4::text)::json, $5, array[$6::bigint])
      on conflict (stream_id, seq) do update
      set text = excluded.text, mentions = excluded.mentions, edited_at = excluded.edited_at,
          edits = message_state.edits || excluded.edits
      """;

  private static final String RECALL =
      """
      insert into message_state (stream_id, seq, recalled_at, recalled_by)
      values ($1, $2, $3, $4)
      on conflict (stream_id, seq) do update
      set recalled_at = excluded.recalled_at, recalled_by = excluded.recalled_by,
          text = null, mentions = null, edits = '{}',
          pin_seq = null, pin_by = null, pin_at = null, pin_until = null
      """;

  private static final String REDACT =
      """
      update event set data = ($3::text)::json where stream_id = $1 and seq = any($2)
      """;

  private static final String UNREACT_ALL =
      """
      delete from reaction where stream_id = $1 and seq = $2
      """;

  private static final String MENTION =
      """
      insert into mention (stream_id, user_id, seq) select $1, u, $3 from unnest($2::uuid[]) as n (u)
      """;

  private static final String UNMENTION =
      """
      delete from mention where stream_id = $1 and user_id = any($2) and seq = $3
      """;

  private static final String PIN =
      """
      insert into message_state (stream_id, seq, pin_seq, pin_by, pin_at, pin_until)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (stream_id, seq) do update
      set pin_seq = excluded.pin_seq, pin_by = excluded.pin_by, pin_at = excluded.pin_at,
          pin_until = excluded.pin_until
      """;

  private static final String UNPIN =
      """
      update message_state set pin_seq = null, pin_by = null, pin_at = null, pin_until = null
      where stream_id = $1 and seq = $2
      """;

  private MessageStore() {}

  /** New words and mentions, as of the event that says so. */
  static Future<Void> edit(Change change, Target target, Event event, Edit edit) {
    List<Future<?>> sent = new ArrayList<>();
    sent.add(
        change.query(
            EDIT,
            Tuple.of(
                target.conversation(),
                target.seq(),
                edit.text(),
                edit.mentions().map(Json::write).orElse(null),
                time(event.at()),
                event.seq())));
    sent.addAll(mention(change, target, edit.mentions()));
    return Future.all(sent).mapEmpty();
  }

  /** Takes the words away everywhere: the state, the stored events, mentions, reactions, pin. */
  static Future<Void> recall(Change change, Target target, Event event) {
    UUID stream = target.conversation();
    long seq = target.seq();
    List<Future<?>> sent = new ArrayList<>();
    sent.add(change.query(RECALL, Tuple.of(stream, seq, time(event.at()), event.actor())));
    sent.add(redact(change, stream, List.of(seq), target.sent().redacted()));
    sent.add(redact(change, stream, target.edits(), new MessageEvents.Pointer(seq)));
    sent.add(change.query(UNREACT_ALL, Tuple.of(stream, seq)));
    sent.addAll(mention(change, target, Optional.empty()));
    return Future.all(sent).mapEmpty();
  }

  static Future<Void> pin(Change change, Target target, Event event, Optional<Instant> until) {
    return change
        .query(
            PIN,
            Tuple.of(
                target.conversation(),
                target.seq(),
                event.seq(),
                event.actor(),
                time(event.at()),
                until.map(MessageStore::time).orElse(null)))
        .mapEmpty();
  }

  static Future<Void> unpin(Change change, UUID conversation, long seq) {
    return change.query(UNPIN, Tuple.of(conversation, seq)).mapEmpty();
  }

  private static Future<Void> redact(Change change, UUID stream, List<Long> seqs, Object left) {
    return change
        .query(REDACT, Tuple.of(stream, seqs.toArray(Long[]::new), Json.write(left)))
        .mapEmpty();
  }

  private static List<Future<?>> mention(
      Change change, Target target, Optional<Mentions> mentions) {
    List<Future<?>> sent = new ArrayList<>();
    target
        .now()
        .mentions()
        .ifPresent(old -> sent.add(change.query(UNMENTION, mentionRows(target, old))));
    mentions.ifPresent(now -> sent.add(change.query(MENTION, mentionRows(target, now))));
    return sent;
  }

  private static Tuple mentionRows(Target target, Mentions mentions) {
    return Tuple.of(target.conversation(), mentions.rows().toArray(UUID[]::new), target.seq());
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
