package io.magpie.stream;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements with which streams are written. */
final class StreamRows {
  /** Always in the order of ids: two writers never wait for each other in a circle. */
  private static final String LOCK =
      """
      select id, head, greatest(last_at, date_trunc('milliseconds', clock_timestamp())) as at
      from stream where id = any($1) order by id for update
      """;

  private static final String EARLIER =
      """
      select sender, client_id, stream_id, seq, count, fingerprint, at from client_write
      where (sender, client_id) in (select * from unnest($1::uuid[], $2::uuid[]))
      """;

  private static final String INSERT_EVENTS =
      """
      insert into event (stream_id, seq, bucket, kind, actor, at, listed, thread, data)
      select s, n, b, k, a, t, l, nullif(th, 0), d::json
      from unnest($1::uuid[], $2::bigint[], $3::integer[], $4::text[], $5::uuid[],
                  $6::timestamptz[], $7::boolean[], $8::bigint[], $9::text[])
        as u (s, n, b, k, a, t, l, th, d)
      """;

  private static final String INSERT_CLIENT_WRITES =
      """
      insert into client_write (sender, client_id, stream_id, seq, count, fingerprint, at)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::integer[],
                           $6::bigint[], $7::timestamptz[])
      """;

  private static final String RAISE =
      """
      update stream s
      set head = u.head, last_at = u.at,
          entry_seq = case when u.entry > 0 then u.entry else s.entry_seq end,
          entry_at = case when u.entry > 0 then u.at else s.entry_at end
      from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::bigint[])
        as u (id, head, at, entry)
      where s.id = u.id
      """;

  private StreamRows() {}

  /** Locks the streams; those that do not exist are missing in the answer. */
  static Future<Map<UUID, Counter>> lock(SqlConnection connection, Collection<UUID> streams) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(streams.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Counter> counters = new HashMap<>();
              for (Row row : rows) {
                counters.put(row.getUUID("id"), new Counter(row.getLong("head"), at(row, "at"), 0));
              }
              return counters;
            });
  }

  /** Writes of these clients that were stored before. */
  static Future<Map<ClientKey, Earlier>> earlier(
      SqlConnection connection, List<ClientWrite> writes) {
    return connection
        .preparedQuery(EARLIER)
        .execute(
            Tuple.of(
                writes.stream().map(ClientWrite::sender).toArray(UUID[]::new),
                (Object) writes.stream().map(ClientWrite::clientId).toArray(UUID[]::new)))
        .map(StreamRows::earlier);
  }

  private static Map<ClientKey, Earlier> earlier(RowSet<Row> rows) {
    Map<ClientKey, Earlier> found = new HashMap<>();
    for (Row row : rows) {
      found.put(
          new ClientKey(row.getUUID("sender"), row.getUUID("client_id")),
          new Earlier(
              new Written(
                  row.getUUID("stream_id"),
                  row.getLong("seq"),
                  row.getInteger("count"),
                  at(row, "at"),
                  true),
              row.getLong("fingerprint")));
    }
    return found;
  }

  static Future<Void> insertEvents(SqlConnection connection, List<Numbered> events) {
    int n = events.size();
    UUID[] streams = new UUID[n];
    Long[] seqs = new Long[n];
    Integer[] buckets = new Integer[n];
    String[] kinds = new String[n];
    UUID[] actors = new UUID[n];
    OffsetDateTime[] times = new OffsetDateTime[n];
    Boolean[] listed = new Boolean[n];
    Long[] threads = new Long[n];
    String[] data = new String[n];
    for (int i = 0; i < n; i++) {
      Event event = events.get(i).event();
      NewEvent shape = events.get(i).shape();
      streams[i] = event.stream();
      seqs[i] = event.seq();
      buckets[i] = Buckets.of(event.at());
      kinds[i] = event.kind();
      actors[i] = event.actor();
      times[i] = event.at().atOffset(ZoneOffset.UTC);
      listed[i] = shape.listed();
      threads[i] = shape.thread().orElse(0);
      data[i] = event.data();
    }
    return connection
        .preparedQuery(INSERT_EVENTS)
        .execute(
            Tuple.from(
                List.of(streams, seqs, buckets, kinds, actors, times, listed, threads, data)))
        .mapEmpty();
  }

  static Future<Void> insertClientWrites(
      SqlConnection connection, List<ClientWrite> clients, List<Written> results) {
    int n = clients.size();
    Object[] columns = {
      new UUID[n],
      new UUID[n],
      new UUID[n],
      new Long[n],
      new Integer[n],
      new Long[n],
      new OffsetDateTime[n]
    };
    for (int i = 0; i < n; i++) {
      ((UUID[]) columns[0])[i] = clients.get(i).sender();
      ((UUID[]) columns[1])[i] = clients.get(i).clientId();
      ((UUID[]) columns[2])[i] = results.get(i).stream();
      ((Long[]) columns[3])[i] = results.get(i).seq();
      ((Integer[]) columns[4])[i] = results.get(i).count();
      ((Long[]) columns[5])[i] = clients.get(i).fingerprint();
      ((OffsetDateTime[]) columns[6])[i] = results.get(i).at().atOffset(ZoneOffset.UTC);
    }
    return connection.preparedQuery(INSERT_CLIENT_WRITES).execute(Tuple.wrap(columns)).mapEmpty();
  }

  static Future<Void> raise(SqlConnection connection, Map<UUID, Counter> counters) {
    UUID[] ids = counters.keySet().toArray(UUID[]::new);
    Long[] heads = new Long[ids.length];
    OffsetDateTime[] times = new OffsetDateTime[ids.length];
    Long[] entries = new Long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Counter counter = counters.get(ids[i]);
      heads[i] = counter.head();
      times[i] = counter.at().atOffset(ZoneOffset.UTC);
      entries[i] = counter.entry();
    }
    return connection.preparedQuery(RAISE).execute(Tuple.of(ids, heads, times, entries)).mapEmpty();
  }

  private static Instant at(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * A locked stream: its last number, and the database's time, never before the last event's.
   *
   * @param entry the last entry of the list that was numbered under this lock, 0 if none was
   */
  record Counter(long head, Instant at, long entry) {
    Counter next(NewEvent shape) {
      return new Counter(head + 1, at, shape.listed() ? head + 1 : entry);
    }
  }

  /** An event with its number, and what else is stored about it. */
  record Numbered(Event event, NewEvent shape) {}

  record ClientKey(UUID sender, UUID clientId) {
    static ClientKey of(ClientWrite write) {
      return new ClientKey(write.sender(), write.clientId());
    }
  }

  /** A stored first result. */
  record Earlier(Written written, long fingerprint) {
    /** The result for a retry; empty when the id was used for something else. */
    Optional<Written> answer(ClientWrite write) {
      return fingerprint == write.fingerprint() ? Optional.of(written) : Optional.empty();
    }
  }
}
