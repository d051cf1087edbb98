package io.magpie.message;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The message that a change is about, read under the lock of its conversation.
 *
 * @param edits numbers of the events that edited it
 */
record Target(
    UUID conversation,
    long seq,
    UUID sender,
    Instant at,
    SentData sent,
    Now now,
    List<Long> edits) {

  /** What the message is after all that happened to it. */
  record Now(
      Optional<Body> body, Optional<Mentions> mentions, boolean recalled, Optional<Pin> pin) {}

  private static final String FIND =
      """
      select e.stream_id, e.seq, e.actor, e.at, e.data::text as data,
             s.text, s.mentions::text as mentions, s.recalled_at, s.edits,
             s.pin_by, s.pin_at, s.pin_until
      from event e
      left join message_state s on s.stream_id = e.stream_id and s.seq = e.seq
      where e.stream_id = $1 and e.seq = $3 and (e.listed or e.thread is not null)
        and exists (
          select from stream_reader r
          where r.stream_id = e.stream_id and r.user_id = $2
            and e.seq >= r.from_seq and (r.to_seq is null or e.seq <= r.to_seq))
      """;

  /** Fails with not_found where the user cannot read such a message. */
  static Future<Target> find(Change change, UUID conversation, UUID user, long seq) {
    return change
        .query(FIND, Tuple.of(conversation, user, seq))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return read(rows.iterator().next());
            });
  }

  private static Target read(Row row) {
    SentData sent = SentData.read(row.getString("data"));
    Long[] edits = row.getArrayOfLongs("edits");
    return new Target(
        row.getUUID("stream_id"),
        row.getLong("seq"),
        row.getUUID("actor"),
        row.getOffsetDateTime("at").toInstant().truncatedTo(ChronoUnit.MILLIS),
        sent,
        new Now(
            MessageRow.body(row, sent),
            MessageRow.mentions(row, sent),
            row.getOffsetDateTime("recalled_at") != null,
            MessageRow.pin(row)),
        edits == null ? List.of() : List.of(edits));
  }

  /** Refuses what cannot be done to a recalled message. */
  void requireWords() {
    if (now.recalled()) {
      throw RequestError.of(ErrorCode.MESSAGE_RECALLED);
    }
  }
}
