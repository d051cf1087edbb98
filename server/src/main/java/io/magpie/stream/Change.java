package io.magpie.stream;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Statements;
import io.magpie.stream.StreamRows.ClientKey;
import io.magpie.stream.StreamRows.Counter;
import io.magpie.stream.StreamRows.Earlier;
import io.magpie.stream.StreamRows.Numbered;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One transaction that holds the locks of its streams: what it reads of them stays true until it
 * commits. Events get their numbers at once; they and the raised counters are stored at the end.
 */
public final class Change implements Statements {
  private static final String CREATE = "insert into stream (id, kind) values ($1, $2)";

  private static final String OPEN =
      """
      insert into stream_reader (stream_id, user_id, from_seq, role, since)
      select $1, u, $3, r, $5 from unnest($2::uuid[], $4::smallint[]) as n (u, r)
      """;

  private static final String PRESENT =
      """
      select count(*) as present from stream_reader
      where stream_id = $1 and user_id = any($2) and to_seq is null
      """;

  private static final String ROLE =
      """
      update stream_reader set role = $3
      where stream_id = $1 and user_id = $2 and to_seq is null
      """;

  private static final String CLOSE =
      """
      update stream_reader set to_seq = $3
      where stream_id = $1 and user_id = $2 and to_seq is null
      """;

  private final SqlConnection connection;
  private final Map<UUID, Counter> counters;
  private final Map<UUID, Counter> raised = new HashMap<>();
  private final List<Numbered> events = new ArrayList<>();
  private Optional<ClientWrite> client = Optional.empty();
  private Optional<Written> answer = Optional.empty();

  private Change(SqlConnection connection, Map<UUID, Counter> counters) {
    this.connection = connection;
    this.counters = counters;
  }

  /** Locks the streams and begins. */
  static Future<Change> begin(SqlConnection connection, Set<UUID> streams) {
    return StreamRows.lock(connection, streams).map(counters -> new Change(connection, counters));
  }

  /** A statement inside the transaction. */
  @Override
  public Future<RowSet<Row>> query(String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values);
  }

  /** Whether the stream exists; only for streams that were locked or made here. */
  public boolean exists(UUID stream) {
    return counters.containsKey(stream);
  }

  /** Last number of a locked stream, events of this change included. */
  public long head(UUID stream) {
    return counter(stream).head();
  }

  /** The stored result of an earlier try; otherwise this change takes the id. */
  public Future<Optional<Written>> claim(ClientWrite write) {
    client = Optional.of(write);
    return StreamRows.earlier(connection, List.of(write))
        .map(
            found -> {
              Earlier earlier = found.get(ClientKey.of(write));
              if (earlier == null) {
                return Optional.empty();
              }
              Optional<Written> answer = earlier.answer(write);
              if (answer.isEmpty()) {
                throw RequestError.of(ErrorCode.CLIENT_ID_REUSED);
              }
              client = Optional.empty();
              return answer;
            });
  }

  /**
   * Where this change writes nothing because what was asked for is there already: the stored answer
   * for the claimed id, so that it stands for nothing else later.
   */
  public void answer(UUID stream, long seq, Instant at) {
    answer = Optional.of(new Written(stream, seq, 1, at, false));
  }

  /** Fails as an append would where one of the users is no present reader of the locked stream. */
  public Future<Void> requirePresent(UUID stream, Append.Named named) {
    if (named.users().isEmpty()) {
      return Future.succeededFuture();
    }
    return query(PRESENT, Tuple.of(stream, (Object) named.users().toArray(UUID[]::new)))
        .map(
            rows -> {
              if (rows.iterator().next().getLong("present") < named.users().size()) {
                throw named.refused();
              }
              return null;
            });
  }

  /** The time that events of this change have in a locked stream, by the database's clock. */
  public Instant at(UUID stream) {
    return counter(stream).at();
  }

  /** Makes a stream; its first event gets number 1. */
  public Future<Void> create(UUID stream, StreamKind kind) {
    return connection
        .preparedQuery(CREATE)
        .execute(Tuple.of(stream, kind.number()))
        .compose(made -> StreamRows.lock(connection, List.of(stream)))
        .map(
            locked -> {
              counters.putAll(locked);
              return null;
            });
  }

  /** Gives the event the next number of its stream. */
  public Event append(UUID stream, NewEvent shape) {
    Counter counter = counter(stream).next(shape);
    raised.put(stream, counter);
    Event event =
        new Event(stream, counter.head(), shape.kind(), shape.actor(), counter.at(), shape.data());
    events.add(new Numbered(event, shape));
    return event;
  }

  /** Lets users read from number {@code from} on, since now. They must not be readers now. */
  public Future<Void> open(UUID stream, Map<UUID, ReaderRole> users, long from) {
    UUID[] ids = users.keySet().toArray(UUID[]::new);
    Short[] roles = new Short[ids.length];
    for (int i = 0; i < ids.length; i++) {
      roles[i] = users.get(ids[i]).number();
    }
    OffsetDateTime since = counter(stream).at().atOffset(ZoneOffset.UTC);
    return connection
        .preparedQuery(OPEN)
        .execute(Tuple.of(stream, ids, from, roles, since))
        .mapEmpty();
  }

  /** Gives a present reader another role. */
  public Future<Void> role(UUID stream, UUID user, ReaderRole role) {
    return connection.preparedQuery(ROLE).execute(Tuple.of(stream, user, role.number())).mapEmpty();
  }

  /** Ends a user's reading; {@code upTo} is the last number that is still theirs. */
  public Future<Void> close(UUID stream, UUID user, long upTo) {
    return connection.preparedQuery(CLOSE).execute(Tuple.of(stream, user, upTo)).mapEmpty();
  }

  /** Where nothing had to change: the present head. */
  public Written unchanged(UUID stream) {
    Counter counter = counter(stream);
    return new Written(stream, counter.head(), 0, counter.at(), false);
  }

  /** The answer for an event of this change. */
  public Written written(Event event) {
    return new Written(event.stream(), event.seq(), 1, event.at(), false);
  }

  /** Stores events, counters and the client's id; then only COMMIT is left. */
  Future<List<Event>> flush() {
    if (events.isEmpty()) {
      return client.isPresent() && answer.isPresent()
          ? storeClient(client.get(), answer.get()).map(List.of())
          : Future.succeededFuture(List.of());
    }
    List<Future<?>> sent = new ArrayList<>();
    sent.add(StreamRows.insertEvents(connection, events));
    client.ifPresent(write -> sent.add(storeClient(write, firstResult())));
    sent.add(StreamRows.raise(connection, raised));
    return Future.all(sent).map(done -> events.stream().map(Numbered::event).toList());
  }

  /** The events of the stream that the client named come first, so the first one is the result. */
  private Written firstResult() {
    Event first = events.get(0).event();
    int count =
        (int) events.stream().filter(e -> e.event().stream().equals(first.stream())).count();
    return new Written(first.stream(), first.seq(), count, first.at(), false);
  }

  private Future<Void> storeClient(ClientWrite write, Written result) {
    return StreamRows.insertClientWrites(connection, List.of(write), List.of(result));
  }

  private Counter counter(UUID stream) {
    Counter counter = raised.getOrDefault(stream, counters.get(stream));
    if (counter == null) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
    return counter;
  }
}
