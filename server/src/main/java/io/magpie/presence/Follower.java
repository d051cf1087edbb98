package io.magpie.presence;

import io.magpie.fanout.Broadcast;
import io.magpie.presence.PresenceStore.Changes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what changed anywhere: at once when somebody says that something did, each {@value
 * #PERIOD_MS} ms in any case. A hint carries nothing, so a lost or forged one can do no harm.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  static final long PERIOD_MS = 2_000;

  /** Hints of this time make one question. */
  private static final long GATHER_MS = 50;

  /** Changes that are read at once; beyond, it is cheaper to read who is watched. */
  private static final int MOST = 20_000;

  private static final int CHUNK = 5_000;
  private static final String TOPIC = "presence";

  private final Vertx vertx;
  private final Context context;
  private final PresenceStore store;
  private final Watching watching;
  private final Broadcast broadcast;
  private long timer = -1;
  private long since = Long.MAX_VALUE;
  private boolean asking;
  private boolean again;
  private boolean soon;

  Follower(
      Vertx vertx, Context context, PresenceStore store, Watching watching, Broadcast broadcast) {
    this.vertx = vertx;
    this.context = context;
    this.store = store;
    this.watching = watching;
    this.broadcast = broadcast;
  }

  /** Done when nothing can be missed any more. */
  Future<Void> start() {
    return store
        .since(since, 1)
        .map(
            found -> {
              context.runOnContext(go -> since = found.next());
              broadcast.listen(TOPIC, hint -> context.runOnContext(go -> askSoon()));
              timer = vertx.setPeriodic(PERIOD_MS, tick -> context.runOnContext(go -> ask()));
              return null;
            });
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** Something was changed by this node. From any thread. */
  void changedHere() {
    broadcast.send(TOPIC, "{}");
    look();
  }

  /** Something may have changed. From any thread. */
  void look() {
    context.runOnContext(go -> askSoon());
  }

  private void askSoon() {
    if (!soon) {
      soon = true;
      vertx.setTimer(
          GATHER_MS,
          tick ->
              context.runOnContext(
                  go -> {
                    soon = false;
                    ask();
                  }));
    }
  }

  private void ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    store
        .since(since, MOST)
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      asking = false;
                      if (done.succeeded()) {
                        take(done.result());
                      } else {
                        LOG.debug("presence is read later: {}", done.cause().toString());
                      }
                      if (again) {
                        again = false;
                        ask();
                      }
                    }));
  }

  private void take(Changes changes) {
    since = changes.next();
    watching.take(changes.rows());
    if (changes.rows().size() >= MOST) {
      readAll();
    }
  }

  /** Reads everybody who is watched; after a crash of the database their rows are made anew. */
  void readAll() {
    List<UUID> users = watching.users();
    Future<Void> chain = Future.succeededFuture();
    for (int i = 0; i < users.size(); i += CHUNK) {
      List<UUID> chunk = users.subList(i, Math.min(users.size(), i + CHUNK));
      chain =
          chain
              .compose(done -> store.read(chunk))
              .map(
                  rows -> {
                    context.runOnContext(go -> watching.take(rows));
                    return null;
                  });
    }
    chain.onFailure(
        failure -> {
          LOG.debug("presence is read again: {}", failure.toString());
          vertx.setTimer(PERIOD_MS, tick -> context.runOnContext(go -> readAll()));
        });
  }
}
