package io.magpie.stream;

import io.magpie.stream.StreamRows.ClientKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Appends that need nothing but that their writers are present readers, which is most of them: the
 * database checks, numbers and stores all of a batch in one statement (ADR 0018).
 */
final class PlainAppends {
  private static final String APPEND =
      """
      select done, heads, times
      from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private final List<Append> appends;

  /** By id, unsigned, as PostgreSQL orders them. */
  private final Map<UUID, Share> shares = new TreeMap<>(PlainAppends::unsigned);

  private final int[] places;

  private PlainAppends(List<Append> appends) {
    this.appends = appends;
    this.places = new int[appends.size()];
    for (int i = 0; i < places.length; i++) {
      Append append = appends.get(i);
      places[i] = shares.computeIfAbsent(append.stream(), id -> new Share()).next(append.event());
    }
    int index = 0;
    for (Share share : shares.values()) {
      share.index = index++;
    }
  }

  /** The events of one stream in this batch. */
  private static final class Share {
    private int index;
    private int count;
    private int entry;

    int next(NewEvent event) {
      count++;
      if (event.listed()) {
        entry = count;
      }
      return count;
    }
  }

  /**
   * Empty where one of them points at other entries, names users, has rows of a feature or the same
   * client id as another.
   */
  static Optional<PlainAppends> of(List<Append> appends) {
    Set<ClientKey> clients = new HashSet<>();
    for (Append append : appends) {
      boolean plain =
          append.refs().isEmpty() && append.named().users().isEmpty() && append.sides().isEmpty();
      if (!plain || !clients.add(ClientKey.of(append.client()))) {
        return Optional.empty();
      }
    }
    return Optional.of(new PlainAppends(appends));
  }

  /**
   * Stores them.
   *
   * @return fails with {@link NotPlain} where one is a retry or may not be; then the transaction
   *     must be rolled back
   */
  Future<AppendBatch.Result> store(SqlConnection connection) {
    return connection
        .preparedQuery(APPEND)
        .execute(columns())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (!row.getBoolean("done")) {
                throw new NotPlain();
              }
              return result(row.getArrayOfLongs("heads"), row.getArrayOfOffsetDateTimes("times"));
            });
  }

  /** One of them has to be looked at. */
  static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super("one of the appends is not plain", null, false, false);
    }
  }

  private Tuple columns() {
    int n = appends.size();
    Integer[] owners = new Integer[n];
    Integer[] placed = new Integer[n];
    UUID[] senders = new UUID[n];
    UUID[] clients = new UUID[n];
    Long[] fingerprints = new Long[n];
    UUID[] actors = new UUID[n];
    Short[] roles = new Short[n];
    String[] kinds = new String[n];
    Boolean[] listed = new Boolean[n];
    Long[] threads = new Long[n];
    String[] bodies = new String[n];
    for (int i = 0; i < n; i++) {
      Append append = appends.get(i);
      NewEvent event = append.event();
      owners[i] = shares.get(append.stream()).index + 1;
      placed[i] = places[i];
      senders[i] = append.client().sender();
      clients[i] = append.client().clientId();
      fingerprints[i] = append.client().fingerprint();
      actors[i] = event.actor();
      roles[i] = append.role().number();
      kinds[i] = event.kind();
      listed[i] = event.listed();
      threads[i] = event.thread().orElse(0);
      bodies[i] = event.data();
    }
    return Tuple.from(
        List.of(
            shares.keySet().toArray(UUID[]::new),
            shares.values().stream().map(share -> share.count).toArray(Integer[]::new),
            shares.values().stream().map(share -> share.entry).toArray(Integer[]::new),
            owners,
            placed,
            senders,
            clients,
            fingerprints,
            actors,
            roles,
            kinds,
            listed,
            threads,
            bodies));
  }

  private AppendBatch.Result result(Long[] heads, OffsetDateTime[] times) {
    List<AppendBatch.Outcome> outcomes = new ArrayList<>(places.length);
    List<Event> events = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      Append append = appends.get(i);
      int index = shares.get(append.stream()).index;
      long seq = heads[index] + places[i];
      Instant at = times[index].toInstant().truncatedTo(ChronoUnit.MILLIS);
      NewEvent shape = append.event();
      outcomes.add(new AppendBatch.Outcome(new Written(append.stream(), seq, 1, at, false), null));
      events.add(new Event(append.stream(), seq, shape.kind(), shape.actor(), at, shape.data()));
    }
    return new AppendBatch.Result(outcomes, events);
  }

  private static int unsigned(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
