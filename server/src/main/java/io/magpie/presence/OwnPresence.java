package io.magpie.presence;

import io.magpie.job.JobKind;
import io.magpie.job.Jobs;
import io.magpie.job.Run;
import io.magpie.protocol.Json;
import io.magpie.storage.Database;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.magpie.stream.NewEvent;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What users choose about their own presence: stored, told to their devices by an inbox event, and
 * to whoever watches them by a new version. A status with an end is removed by a job.
 */
final class OwnPresence {
  /** The end of a status; the key is the user's id. */
  private static final JobKind<Expiry> EXPIRY = new JobKind<>("status.expiry", Expiry.class, 4);

  private final Database database;
  private final Writer writer;
  private final Jobs jobs;
  private final Runnable changed;

  /** Payload of {@link #EXPIRY}. */
  record Expiry(UUID user) {}

  /**
   * @param changed called after what is a change
   */
  OwnPresence(Database database, Writer writer, Jobs jobs, Runnable changed) {
    this.database = database;
    this.writer = writer;
    this.jobs = jobs;
    this.changed = changed;
    jobs.handle(EXPIRY, this::expire);
  }

  Future<PresenceSettings> settings(UUID user) {
    return SettingsStore.read(database::query, user);
  }

  /** Changes what the user chose; where nothing changes there is no event. */
  Future<Written> change(UUID user, UnaryOperator<PresenceSettings> wish) {
    return writer
        .change(
            Set.of(user),
            change ->
                SettingsStore.read(change, user)
                    .compose(now -> keep(change, user, now, wish.apply(now))))
        .onSuccess(
            written -> {
              if (written.count() > 0) {
                changed.run();
              }
            });
  }

  private Future<Written> keep(
      Change change, UUID user, PresenceSettings now, PresenceSettings wanted) {
    if (wanted.equals(now)) {
      return Future.succeededFuture(change.unchanged(user));
    }
    return store(change, user, now, wanted)
        .compose(event -> plan(change, user, now, wanted).map(planned -> change.written(event)));
  }

  private static Future<Event> store(
      Change change, UUID user, PresenceSettings now, PresenceSettings wanted) {
    Event event =
        change.append(user, NewEvent.change("presence.changed", user, Json.write(wanted)));
    return SettingsStore.write(change, user, now, wanted).map(event);
  }

  private Future<Void> plan(
      Change change, UUID user, PresenceSettings now, PresenceSettings wanted) {
    Optional<Instant> end = wanted.status().flatMap(Status::until);
    if (end.equals(now.status().flatMap(Status::until))) {
      return Future.succeededFuture();
    }
    return end.isPresent()
        ? jobs.schedule(change, EXPIRY, user.toString(), end.get(), new Expiry(user))
        : jobs.cancel(change, EXPIRY, user.toString());
  }

  private Future<Void> expire(Run<Expiry> run) {
    UUID user = run.job().payload().user();
    return writer
        .changePatiently(
            Set.of(user),
            change ->
                SettingsStore.read(change, user)
                    .compose(now -> clear(change, user, now, run.job().due()))
                    .compose(cleared -> run.complete(change)))
        .onSuccess(done -> changed.run());
  }

  private static Future<?> clear(Change change, UUID user, PresenceSettings now, Instant due) {
    boolean over = now.status().filter(status -> !status.current(due)).isPresent();
    return over ? store(change, user, now, now.with(Optional.empty())) : Future.succeededFuture();
  }
}
