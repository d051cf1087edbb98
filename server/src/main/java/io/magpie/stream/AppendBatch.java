package io.magpie.stream;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.StreamRows.ClientKey;
import io.magpie.stream.StreamRows.Counter;
import io.magpie.stream.StreamRows.Earlier;
import io.magpie.stream.StreamRows.Numbered;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Group commit: the appends of many people in one transaction, where {@link PlainAppends} are not
 * enough. All statements that only read are sent at once behind the lock, then everything is
 * decided in memory, then all inserts are sent at once; two round trips and a COMMIT for the whole
 * batch.
 */
final class AppendBatch {
  private static final String READERS =
      """
      select stream_id, user_id, role from stream_reader
      where to_seq is null
        and (user_id, stream_id) in (select * from unnest($1::uuid[], $2::uuid[]))
      """;

  private static final String REFS =
      """
      select e.stream_id, e.seq, r.user_id, bool_or(e.listed) as listed
      from unnest($1::uuid[], $2::bigint[], $3::uuid[]) as n (stream_id, seq, user_id)
      join event e on e.stream_id = n.stream_id and e.seq = n.seq
        and (e.listed or e.thread is not null)
      join stream_reader r on r.stream_id = n.stream_id and r.user_id = n.user_id
        and e.seq >= r.from_seq and (r.to_seq is null or e.seq <= r.to_seq)
      group by e.stream_id, e.seq, r.user_id
      """;

  private final SqlConnection connection;
  private final List<Append> appends;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Numbered> events = new ArrayList<>();
  private final Map<ClientKey, Earlier> earlier = new HashMap<>();
  private final Map<UUID, Counter> raised = new HashMap<>();

  private AppendBatch(SqlConnection connection, List<Append> appends) {
    this.connection = connection;
    this.appends = appends;
  }

  /** What became of one append: exactly one of both is there. */
  record Outcome(Written written, RequestError refused) {}

  /** Outcomes in the order of the appends, and the events to deliver. */
  record Result(List<Outcome> outcomes, List<Event> events) {}

  static Future<Result> run(SqlConnection connection, List<Append> appends) {
    return new AppendBatch(connection, appends).run();
  }

  private Future<Result> run() {
    Set<UUID> streams = new HashSet<>();
    appends.forEach(append -> streams.add(append.stream()));
    Future<Map<UUID, Counter>> locked = StreamRows.lock(connection, streams);
    Future<Map<ClientKey, Earlier>> stored =
        StreamRows.earlier(connection, appends.stream().map(Append::client).toList());
    Future<RowSet<Row>> readers = readers();
    Future<RowSet<Row>> refs = refs();
    return Future.all(locked, stored, readers, refs)
        .compose(
            read -> {
              earlier.putAll(stored.result());
              decide(locked.result(), roles(readers.result()), entries(refs.result()));
              return store();
            })
        .map(done -> new Result(outcomes, events.stream().map(Numbered::event).toList()));
  }

  private void decide(
      Map<UUID, Counter> counters, Map<Reader, ReaderRole> roles, Map<Entry, Boolean> entries) {
    for (Append append : appends) {
      try {
        outcomes.add(new Outcome(place(append, counters, roles, entries), null));
      } catch (RequestError refused) {
        outcomes.add(new Outcome(null, refused));
      }
    }
  }

  private Written place(
      Append append,
      Map<UUID, Counter> counters,
      Map<Reader, ReaderRole> roles,
      Map<Entry, Boolean> entries) {
    ClientKey key = ClientKey.of(append.client());
    Earlier first = earlier.get(key);
    if (first != null) {
      return first
          .answer(append.client())
          .orElseThrow(() -> RequestError.of(ErrorCode.CLIENT_ID_REUSED));
    }
    permit(append, roles, entries);
    Counter counter =
        raised.getOrDefault(append.stream(), counters.get(append.stream())).next(append.event());
    raised.put(append.stream(), counter);
    NewEvent shape = append.event();
    Event event =
        new Event(
            append.stream(),
            counter.head(),
            shape.kind(),
            shape.actor(),
            counter.at(),
            shape.data());
    events.add(new Numbered(event, shape));
    Written written = new Written(append.stream(), counter.head(), 1, counter.at(), false);
    earlier.put(
        key,
        new Earlier(
            new Written(written.stream(), written.seq(), 1, written.at(), true),
            append.client().fingerprint()));
    return written;
  }

  private static void permit(
      Append append, Map<Reader, ReaderRole> roles, Map<Entry, Boolean> entries) {
    ReaderRole role = roles.get(new Reader(append.stream(), append.event().actor()));
    if (role == null) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
    if (!role.atLeast(append.role())) {
      throw RequestError.of(ErrorCode.FORBIDDEN);
    }
    for (Append.Ref ref : append.refs()) {
      Boolean listed = entries.get(new Entry(append.stream(), ref.seq(), append.event().actor()));
      if (listed == null || ref.listed() && !listed) {
        throw RequestError.field(
            ErrorCode.NOT_FOUND, ref.field(), ref.field() + " names no message of this stream.");
      }
    }
    for (UUID user : append.named().users()) {
      if (!roles.containsKey(new Reader(append.stream(), user))) {
        throw append.named().refused();
      }
    }
  }

  private Future<Void> store() {
    if (events.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Future<?>> sent = new ArrayList<>();
    List<ClientWrite> clients = new ArrayList<>();
    List<Written> results = new ArrayList<>();
    Map<String, List<Tuple>> sides = new LinkedHashMap<>();
    for (int i = 0; i < appends.size(); i++) {
      Written written = outcomes.get(i).written();
      if (written != null && !written.duplicate()) {
        clients.add(appends.get(i).client());
        results.add(written);
        for (Append.Side side : appends.get(i).sides()) {
          sides
              .computeIfAbsent(side.sql(), sql -> new ArrayList<>())
              .add(Tuple.of(written.stream(), written.seq(), side.value()));
        }
      }
    }
    sent.add(StreamRows.insertEvents(connection, events));
    sent.add(StreamRows.insertClientWrites(connection, clients, results));
    sides.forEach((sql, rows) -> sent.add(connection.preparedQuery(sql).executeBatch(rows)));
    sent.add(StreamRows.raise(connection, raised));
    return Future.all(sent).mapEmpty();
  }

  /** Everybody who has to be there: who acts, and who is named. */
  private Future<RowSet<Row>> readers() {
    Set<Reader> asked = new LinkedHashSet<>();
    for (Append append : appends) {
      asked.add(new Reader(append.stream(), append.event().actor()));
      append.named().users().forEach(user -> asked.add(new Reader(append.stream(), user)));
    }
    return connection
        .preparedQuery(READERS)
        .execute(
            Tuple.of(
                asked.stream().map(Reader::user).toArray(UUID[]::new),
                (Object) asked.stream().map(Reader::stream).toArray(UUID[]::new)));
  }

  private Future<RowSet<Row>> refs() {
    List<UUID> streams = new ArrayList<>();
    List<Long> seqs = new ArrayList<>();
    List<UUID> readers = new ArrayList<>();
    for (Append append : appends) {
      for (Append.Ref ref : append.refs()) {
        streams.add(append.stream());
        seqs.add(ref.seq());
        readers.add(append.event().actor());
      }
    }
    return streams.isEmpty()
        ? Future.succeededFuture(null)
        : connection
            .preparedQuery(REFS)
            .execute(
                Tuple.of(
                    streams.toArray(UUID[]::new),
                    seqs.toArray(Long[]::new),
                    readers.toArray(UUID[]::new)));
  }

  private static Map<Reader, ReaderRole> roles(RowSet<Row> rows) {
    Map<Reader, ReaderRole> roles = new HashMap<>();
    for (Row row : rows) {
      roles.put(
          new Reader(row.getUUID("stream_id"), row.getUUID("user_id")),
          ReaderRole.ofNumber(row.getShort("role")));
    }
    return roles;
  }

  private static Map<Entry, Boolean> entries(RowSet<Row> rows) {
    Map<Entry, Boolean> entries = new HashMap<>();
    if (rows != null) {
      for (Row row : rows) {
        entries.put(
            new Entry(row.getUUID("stream_id"), row.getLong("seq"), row.getUUID("user_id")),
            row.getBoolean("listed"));
      }
    }
    return entries;
  }

  private record Reader(UUID stream, UUID user) {}

  private record Entry(UUID stream, long seq, UUID reader) {}
}
