package io.magpie.presence;

import io.magpie.membership.SharedConversations.Pair;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells watchers what changed, each {@value #PERIOD_MS} ms one frame a connection; what changed
 * twice meanwhile is told once. A connection that reads slowly is told later, with what is true
 * then. Guests are asked about each time: whom they shared a conversation with yesterday is none of
 * theirs today.
 */
final class Delivery {
  static final long PERIOD_MS = 250;

  /** Presences in one frame; about 40 KiB. */
  private static final int PER_FRAME = 250;

  private final Vertx vertx;
  private final Context context;
  private final Watching watching;
  private final Visibility visibility;
  private final Clock clock;
  private final PresenceMetrics metrics;
  private long timer = -1;

  Delivery(
      Vertx vertx,
      Context context,
      Watching watching,
      Visibility visibility,
      Clock clock,
      PresenceMetrics metrics) {
    this.vertx = vertx;
    this.context = context;
    this.watching = watching;
    this.visibility = visibility;
    this.clock = clock;
    this.metrics = metrics;
  }

  void start() {
    timer = vertx.setPeriodic(PERIOD_MS, tick -> context.runOnContext(go -> deliver()));
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void deliver() {
    Map<Watcher, List<Watched>> guests = new LinkedHashMap<>();
    for (Watcher watcher : watching.waiting()) {
      List<Watched> next = watcher.next(PER_FRAME);
      watching.wait(watcher);
      if (Visibility.unlimited(watcher.user())) {
        send(watcher, next);
      } else if (!next.isEmpty()) {
        guests.put(watcher, next);
      }
    }
    if (!guests.isEmpty()) {
      deliverToGuests(guests);
    }
  }

  private void deliverToGuests(Map<Watcher, List<Watched>> guests) {
    List<Pair> pairs = new ArrayList<>();
    guests.forEach(
        (guest, users) -> users.forEach(one -> pairs.add(new Pair(guest.user().id(), one.user()))));
    visibility
        .sharing(pairs)
        .onComplete(
            done ->
                context.runOnContext(
                    go ->
                        guests.forEach(
                            (guest, users) -> {
                              if (done.succeeded()) {
                                send(guest, stillVisible(guest, users, done.result()));
                              } else {
                                watching.again(guest, users);
                              }
                            })));
  }

  private List<Watched> stillVisible(Watcher guest, List<Watched> users, Set<Pair> sharing) {
    List<Watched> visible = new ArrayList<>(users);
    visible.removeIf(one -> !sharing.contains(new Pair(guest.user().id(), one.user())));
    List<Watched> hidden = new ArrayList<>(users);
    hidden.removeAll(visible);
    watching.unwatch(guest, hidden);
    return visible;
  }

  private void send(Watcher watcher, List<Watched> users) {
    if (watcher.ended() || users.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<String> signals = users.stream().map(one -> one.signal(now)).toList();
    watcher
        .line()
        .offer("{\"type\":\"signals\",\"signals\":[" + String.join(",", signals) + "]}")
        .onSuccess(
            taken -> {
              if (taken) {
                metrics.pushed(users.size());
              } else {
                metrics.postponed(users.size());
                context.runOnContext(go -> watching.again(watcher, users));
              }
            });
  }
}
