package io.magpie.presence;

import io.magpie.access.Actor;
import io.magpie.operation.Call;
import io.magpie.operation.Line;
import io.magpie.operation.Operation;
import io.magpie.operation.Operation.Audience;
import io.magpie.operation.Operation.Handler;
import io.magpie.operation.Operation.Transport;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Failing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code presence.watch}, {@code unwatch}, {@code activity} and {@code get}. */
final class PresenceOperations {
  /** Users of one request at most. */
  static final int AT_ONCE = 500;

  private final Context context;
  private final Devices devices;
  private final Watching watching;
  private final Visibility visibility;
  private final PresenceStore store;
  private final Clock clock;

  PresenceOperations(
      Context context,
      Devices devices,
      Watching watching,
      Visibility visibility,
      PresenceStore store,
      Clock clock) {
    this.context = context;
    this.devices = devices;
    this.watching = watching;
    this.visibility = visibility;
    this.store = store;
    this.clock = clock;
  }

  void register(Operations operations) {
    overSocket(operations, "presence.watch", this::watch);
    overSocket(operations, "presence.unwatch", this::unwatch);
    overSocket(operations, "presence.activity", this::activity);
    operations.user("presence.get", this::get);
  }

  private static void overSocket(Operations operations, String name, Handler handler) {
    operations.add(new Operation(name, Audience.USER, Set.of(Transport.WEBSOCKET), handler));
  }

  /** {@code PresenceWatchResult} of the contract. */
  record Presences(List<Presence> presences) {}

  /** {@code Empty} of the contract. */
  record Nothing() {}

  private static Line line(Call call) {
    return call.peer().line().orElseThrow();
  }

  private Future<?> watch(Call call) {
    List<UUID> asked = call.params().uuids("users", 1, AT_ONCE);
    call.params().end();
    Line line = line(call);
    return visibility
        .visible(call.user(), asked)
        .compose(users -> onContext(() -> watching.watch(line.id(), users)))
        .compose(this::presences);
  }

  /** What is not known yet is read after it is followed, so that nothing in between is missed. */
  private Future<Presences> presences(List<Watched> watched) {
    List<UUID> unknown = watched.stream().filter(one -> !one.known()).map(Watched::user).toList();
    Future<List<PresenceRow>> read =
        unknown.isEmpty() ? Future.succeededFuture(List.of()) : store.read(unknown);
    return read.compose(
        rows ->
            onContext(
                () -> {
                  watching.take(rows);
                  return new Presences(
                      watched.stream()
                          .map(one -> one.shown(clock.instant()))
                          .flatMap(Optional::stream)
                          .toList());
                }));
  }

  private Future<?> unwatch(Call call) {
    List<UUID> users = call.params().uuids("users", 1, AT_ONCE);
    call.params().end();
    Line line = line(call);
    return onContext(
        () -> {
          watching.unwatch(line.id(), users);
          return new Nothing();
        });
  }

  private Future<?> activity(Call call) {
    Optional<Boolean> active = call.params().optionalFlag("active");
    if (active.isEmpty()) {
      throw call.params().error(ErrorCode.MISSING_FIELD, "active", "is required");
    }
    call.params().end();
    UUID user = call.user().id();
    Line line = line(call);
    return onContext(
        () -> {
          devices.active(user, line.id(), active.get());
          return new Nothing();
        });
  }

  private Future<?> get(Call call) {
    UUID user = call.params().uuid("user");
    call.params().end();
    Actor.User actor = call.user();
    return visibility
        .visible(actor, List.of(user))
        .compose(
            visible -> {
              if (visible.isEmpty()) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return store.read(visible);
            })
        .map(rows -> rows.get(0).shown(clock.instant()));
  }

  private <T> Future<T> onContext(Supplier<T> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        go -> Failing.call(() -> Future.succeededFuture(work.get())).onComplete(promise));
    return promise.future();
  }
}
