package io.magpie.stream;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads of streams, always as one user and only what is theirs. */
public final class StreamReader {
  private static final String OWN =
      """
      select r.stream_id, s.kind, s.head, r.from_seq, s.first
      from stream_reader r join stream s on s.id = r.stream_id
      where r.user_id = $1 and r.to_seq is null
        and ($2::uuid is null or r.stream_id > $2)
      order by r.stream_id
      limit $3
      """;

  /**
   * The heads of all streams of $6, without a kind, and missed events; stops before a weight of $5
   * bytes: what follows is left to the client to pull. One statement, so heads and events are of
   * one moment.
   */
  private static final String MISSED =
      """
      select id as stream_id, head as seq, null as kind, null::uuid as actor,
             null::timestamptz as at, null as data
      from stream where id = any($6)
      union all
      select stream_id, seq, kind, actor, at, data
      from (
        select e.stream_id, e.seq, e.kind, e.actor, e.at, e.data::text as data,
               sum(octet_length(e.data::text)) over (order by c.place, e.seq) as weight
        from unnest($2::uuid[], $3::bigint[]) with ordinality as c (stream_id, after, place)
        join stream_reader r
          on r.stream_id = c.stream_id and r.user_id = $1 and r.to_seq is null
        cross join lateral (
          select * from event
          where event.stream_id = c.stream_id
            and event.seq > greatest(c.after, r.from_seq - 1)
          order by event.seq limit $4
        ) e
      ) found
      where weight <= $5
      order by stream_id, seq
      """;

  private static final String RANGE =
      """
      select stream_id, seq, kind, actor, at, data::text as data
      from event where stream_id = $1 and seq > $2 order by seq limit $3
      """;

  private static final String HEADS = "select id, head from stream where id = any($1)";

  /** The head of what is theirs: the stream's, or the end of the last membership. */
  private static final String VISIBLE_HEAD =
      """
      select s.first, max(coalesce(r.to_seq, s.head)) as head
      from stream_reader r join stream s on s.id = r.stream_id
      where r.stream_id = $1 and r.user_id = $2
      group by s.first
      """;

  /** Each membership is read by the index alone: nothing between them is touched. */
  private static final String EVENTS =
      """
      select e.stream_id, e.seq, e.kind, e.actor, e.at, e.data::text as data
      from stream_reader r
      cross join lateral (
        select * from event
        where event.stream_id = r.stream_id
          and event.seq > greatest($3::bigint, r.from_seq - 1)
          and event.seq <= least(coalesce(r.to_seq, $4::bigint), $4::bigint)
        order by event.seq limit $5
      ) e
      where r.stream_id = $1 and r.user_id = $2
      order by e.seq limit $5
      """;

  /** Characters of the events of one page. */
  private static final int PAGE_CHARS = 256 * 1024;

  private final Database database;

  public StreamReader(Database database) {
    this.database = database;
  }

  /**
   * The streams that a user reads now, by id.
   *
   * @param after the last id of the page before
   */
  public Future<List<OwnStream>> own(UUID user, Optional<UUID> after, int limit) {
    return database
        .query(OWN, Tuple.of(user, after.orElse(null), limit))
        .map(
            rows -> {
              List<OwnStream> streams = new ArrayList<>();
              for (Row row : rows) {
                streams.add(
                    new OwnStream(
                        row.getUUID("stream_id"),
                        StreamKind.ofNumber(row.getShort("kind")),
                        row.getLong("head"),
                        row.getLong("from_seq"),
                        row.getLong("first")));
              }
              return streams;
            });
  }

  /**
   * The heads of {@code streams}, and the events that {@code user} missed in some of them: after a
   * cursor each and not before the present membership. One statement.
   *
   * @param cursors of the streams whose events are wanted
   * @param perStream events of each stream at most
   * @param bytes of data in all; a stream may come incomplete
   */
  public Future<Missed> missed(
      UUID user, Collection<UUID> streams, Map<UUID, Long> cursors, int perStream, long bytes) {
    List<UUID> wanted = List.copyOf(cursors.keySet());
    return database
        .query(
            MISSED,
            Tuple.of(
                user,
                wanted.toArray(UUID[]::new),
                wanted.stream().map(cursors::get).toArray(Long[]::new),
                perStream,
                bytes,
                streams.toArray(UUID[]::new)))
        .map(StreamReader::missed);
  }

  private static Missed missed(RowSet<Row> rows) {
    Missed missed = new Missed(new HashMap<>(), new HashMap<>());
    for (Row row : rows) {
      UUID stream = row.getUUID("stream_id");
      if (row.getString("kind") == null) {
        missed.heads().put(stream, row.getLong("seq"));
      } else {
        missed.events().computeIfAbsent(stream, s -> new ArrayList<>()).add(event(row));
      }
    }
    return missed;
  }

  /** Events of a stream after a number, whoever may read them: for the fan-out, not for people. */
  public Future<List<Event>> range(UUID stream, long after, int limit) {
    return database.query(RANGE, Tuple.of(stream, after, limit)).map(StreamReader::events);
  }

  /** Last numbers of streams; those that do not exist are missing. */
  public Future<Map<UUID, Long>> heads(List<UUID> streams) {
    return database
        .query(HEADS, Tuple.of((Object) streams.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Long> heads = new HashMap<>();
              rows.forEach(row -> heads.put(row.getUUID("id"), row.getLong("head")));
              return heads;
            });
  }

  /**
   * Events of one stream after a cursor, in order.
   *
   * @return fails with {@code not_found} for who never was a reader
   */
  public Future<EventPage> events(UUID user, UUID stream, long after, int limit) {
    return database
        .query(VISIBLE_HEAD, Tuple.of(stream, user))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.failedFuture(RequestError.of(ErrorCode.NOT_FOUND));
              }
              long head = rows.iterator().next().getLong("head");
              return database
                  .query(EVENTS, Tuple.of(stream, user, after, head, limit))
                  .map(found -> page(events(found), after, head, limit));
            });
  }

  private static EventPage page(List<Event> events, long after, long head, int limit) {
    List<Event> fitting = fitting(events);
    boolean whole = events.size() < limit && fitting.size() == events.size();
    return new EventPage(fitting, whole ? head : fitting.get(fitting.size() - 1).seq(), head);
  }

  /** As many of them as a page may weigh, and at least one. */
  private static List<Event> fitting(List<Event> events) {
    long chars = 0;
    for (int i = 0; i < events.size(); i++) {
      chars += events.get(i).data().length();
      if (chars > PAGE_CHARS && i > 0) {
        return events.subList(0, i);
      }
    }
    return events;
  }

  /** The epoch of this database. */
  public Future<UUID> epoch() {
    return database
        .query("select epoch from installation", Tuple.tuple())
        .map(rows -> rows.iterator().next().getUUID("epoch"));
  }

  private static List<Event> events(RowSet<Row> rows) {
    List<Event> events = new ArrayList<>();
    rows.forEach(row -> events.add(event(row)));
    return events;
  }

  private static Event event(Row row) {
    return new Event(
        row.getUUID("stream_id"),
        row.getLong("seq"),
        row.getString("kind"),
        row.getUUID("actor"),
        row.getOffsetDateTime("at").toInstant().truncatedTo(ChronoUnit.MILLIS),
        row.getString("data"));
  }
}
