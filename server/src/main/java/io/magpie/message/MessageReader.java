package io.magpie.message;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads messages as one user: only inside the user's memberships. */
public final class MessageReader {
  private static final int WIDER = 16;

  private final Database database;

  public MessageReader(Database database) {
    this.database = database;
  }

  /**
   * Part of the list of messages, or of a thread.
   *
   * @param thread the first message of the thread
   */
  Future<MessagePage> page(UUID conversation, UUID user, OptionalLong thread, Window window) {
    return thread.isEmpty()
        ? history(conversation, user, window, window.reach())
        : database
            .query(
                MessageSql.THREAD,
                values(conversation, user, window, Params.MAX_INTEGER).addLong(thread.getAsLong()))
            .map(rows -> window.cut(messages(rows), head(rows)));
  }

  /** Looks further where others than messages, or times outside, fill the numbers around. */
  private Future<MessagePage> history(UUID conversation, UUID user, Window window, long reach) {
    return database
        .query(MessageSql.HISTORY, values(conversation, user, window, reach))
        .compose(
            rows -> {
              long head = head(rows);
              List<Message> found = messages(rows);
              return window.complete(found, head, reach)
                  ? Future.succeededFuture(window.cut(found, head))
                  : history(conversation, user, window, reach * WIDER);
            });
  }

  private static Tuple values(UUID conversation, UUID user, Window window, long reach) {
    return Tuple.of(
        conversation, user, window.pivot(), window.before() + 1L, window.after() + 1L, reach);
  }

  /** Those of the numbers that are messages and can be read, in order. */
  Future<List<Message>> these(UUID conversation, UUID user, Collection<Long> seqs) {
    return database
        .promptQuery(MessageSql.THESE, Tuple.of(conversation, user, seqs.toArray(Long[]::new)))
        .map(
            rows -> {
              head(rows);
              return messages(rows);
            });
  }

  /** One message; fails with not_found. */
  Future<Message> one(UUID conversation, UUID user, long seq) {
    return these(conversation, user, List.of(seq))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return found.get(0);
            });
  }

  /** A pinned message and the number of the event that pinned it. */
  record Pinned(long event, Message message) {}

  /** Pinned messages, the latest pin first. */
  Future<List<Pinned>> pinned(UUID conversation, UUID user, long before, int limit) {
    return database
        .query(MessageSql.PINS, Tuple.of(conversation, user, before, (long) limit))
        .map(
            rows -> {
              head(rows);
              List<Pinned> pinned = new ArrayList<>();
              for (Row row : rows) {
                if (row.getUUID("stream_id") != null) {
                  pinned.add(new Pinned(row.getLong("pin_seq"), MessageRow.read(row)));
                }
              }
              pinned.sort((a, b) -> Long.compare(b.event(), a.event()));
              return pinned;
            });
  }

  /** Number of the first event at or after a time; behind the head where there is none. */
  Future<Long> seqAt(UUID conversation, Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return database
        .query(MessageSql.SEQ_AT, Tuple.of(conversation, time))
        .map(
            rows -> {
              Long seq = rows.iterator().next().getLong("seq");
              return seq == null ? Long.valueOf(Long.MAX_VALUE) : seq;
            });
  }

  private List<Message> messages(RowSet<Row> rows) {
    List<Message> messages = new ArrayList<>();
    for (Row row : rows) {
      if (row.getUUID("stream_id") != null) {
        messages.add(MessageRow.read(row));
      }
    }
    return messages;
  }

  /** The conversation's head; without any row it is not the reader's. */
  private static long head(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
    return rows.iterator().next().getLong("head");
  }
}
