package io.magpie.stream;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one way into the streams. {@link #append} groups the appends of many people into one
 * transaction; {@link #change} runs any other change alone. A completed future means: committed.
 *
 * <p>Order: appends of one caller to one stream get numbers in the order of the calls. Appends of
 * one stream always go through the same lane, a lane has one transaction at a time and gathers what
 * comes meanwhile: no wait when idle, larger groups under load.
 *
 * <p>Time: whatever the database does, these two are answered within {@link Database#patience}.
 * What was refused with {@code timeout} is not written, also not later; where that cannot be known
 * they fail with OutcomeUnknown, and trying again with the same client id has one effect.
 */
public final class Writer {
  /** Grouped transactions of a node that run at the same time. */
  public static final int LANES = 2;

  /** What an append is told for which there is no room. */
  public static final RequestError OVERLOADED =
      RequestError.retryAfter(ErrorCode.OVERLOADED, Duration.ofSeconds(1));

  private final Database database;
  private final List<Lane> lanes = new ArrayList<>();
  private final Context context;
  private volatile CommitListener listener = events -> {};

  /**
   * @param lanes transactions of grouped appends that may run at the same time
   */
  public Writer(Vertx vertx, Database database, int lanes) {
    this.database = database;
    this.context = vertx.getOrCreateContext();
    for (int i = 0; i < lanes; i++) {
      this.lanes.add(new Lane(database, context, events -> listener.committed(events)));
    }
  }

  /** Who hears of committed events; set once at start. */
  public void listener(CommitListener target) {
    this.listener = target;
  }

  /**
   * Writes one event. Fails with {@code not_found} where the actor is no reader, {@code forbidden}
   * where the role is too low, {@code client_id_reused}, {@code overloaded}, {@code unavailable},
   * {@code timeout}, or OutcomeUnknown.
   */
  public Future<Written> append(Append append) {
    return lane(append.stream()).append(append);
  }

  private Lane lane(UUID stream) {
    return lanes.get(Math.floorMod(stream.hashCode(), lanes.size()));
  }

  /** Whether some streams are {@link #full} now. From any thread, cheap. */
  public boolean pressed() {
    for (Lane lane : lanes) {
      if (lane.full()) {
        return true;
      }
    }
    return false;
  }

  /** Whether an append to this stream would be refused with {@link #OVERLOADED} now. */
  public boolean full(UUID stream) {
    return lane(stream).full();
  }

  /**
   * Runs one change in a transaction that holds the locks of {@code streams}.
   *
   * @param work may run again after a deadlock; must only use the change
   */
  public <T> Future<T> change(Set<UUID> streams, Function<Change, Future<T>> work) {
    return told(database.transaction(within(streams, work), database.patience()));
  }

  /** The same for work that nobody waits for: as patient as the database's other users. */
  public <T> Future<T> changePatiently(Set<UUID> streams, Function<Change, Future<T>> work) {
    return told(database.transaction(within(streams, work)));
  }

  private static <T> Function<SqlConnection, Future<Done<T>>> within(
      Set<UUID> streams, Function<Change, Future<T>> work) {
    Set<UUID> ordered = new TreeSet<>(streams);
    return connection ->
        Change.begin(connection, ordered)
            .compose(
                change ->
                    work.apply(change)
                        .compose(
                            result -> change.flush().map(events -> new Done<>(result, events))));
  }

  private <T> Future<T> told(Future<Done<T>> committed) {
    return committed.map(
        done -> {
          if (!done.events().isEmpty()) {
            context.runOnContext(go -> listener.committed(done.events()));
          }
          return done.result();
        });
  }

  private record Done<T>(T result, List<Event> events) {}
}
