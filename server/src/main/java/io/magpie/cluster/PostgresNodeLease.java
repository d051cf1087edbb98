package io.magpie.cluster;

import io.magpie.storage.Database;
import io.magpie.storage.Failing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease as a row of the table {@code node}. A third of its length passes between two renewals,
 * and each has the same time to be answered, so one lost renewal loses nothing.
 *
 * <p>A renewal that finds the lease over (the node was frozen or cut off, or the database lost its
 * unlogged tables in a crash) takes it anew under a new incarnation. One that finds another living
 * incarnation in its place ends everything: {@link #dispossessed}.
 *
 * <p>Changes happen on one context; getters and listeners may be used on any.
 */
public final class PostgresNodeLease implements NodeLease {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNodeLease.class);

  /** How often a node that waits for its id looks whether it is free. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** How much longer than the other's lease it waits. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** Tries at the start that may fail, each time with the database's own waits. */
  private static final int RETRIES = 3;

  private static final int FORGET_EVERY = 100;

  private final Vertx vertx;
  private final Context context;
  private final LeaseStore store;
  private final NodeSelf self;
  private final Promise<Void> dispossessed = Promise.promise();
  private final List<Telling> tellings = new ArrayList<>();
  private final List<Runnable> drainListeners = new ArrayList<>();
  private volatile UUID incarnation;
  private volatile Supplier<NodeVitals> vitals = () -> NodeVitals.STARTING;
  private volatile boolean draining;
  private UUID candidate = UUID.randomUUID();
  private Future<Void> renewal = Future.succeededFuture();
  private boolean refresh;
  private boolean stopped;
  private boolean told;
  private boolean failing;
  private int renewals;
  private long timer = -1;

  private PostgresNodeLease(Vertx vertx, Database database, NodeSelf self) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.store = new LeaseStore(database, self);
    this.self = self;
    this.incarnation = candidate;
  }

  /**
   * Takes the lease of a node that starts, and renews it from then on. When the id is not free it
   * waits until a dead owner's lease is over.
   *
   * @return fails with {@link NodeIdTaken} when the owner lives
   */
  public static Future<PostgresNodeLease> take(Vertx vertx, Database database, NodeSelf self) {
    PostgresNodeLease lease = new PostgresNodeLease(vertx, database, self);
    Promise<PostgresNodeLease> taken = Promise.promise();
    lease.context.runOnContext(
        go -> lease.takeAtStart(Optional.empty(), RETRIES).map(lease).onComplete(taken));
    return taken.future();
  }

  private Future<Void> takeAtStart(Optional<Long> until, int retries) {
    UUID tried = candidate;
    return tryToTake()
        .transform(
            done -> {
              if (done.succeeded()) {
                return done.result().taken() ? started(tried) : waitForId(done.result(), until);
              }
              return retries == 0
                  ? Future.failedFuture(done.cause())
                  : later(() -> takeAtStart(until, retries - 1));
            });
  }

  private Future<Void> later(Supplier<Future<Void>> step) {
    return vertx.timer(LOOK.toMillis(), TimeUnit.MILLISECONDS).compose(waited -> step.get());
  }

  private Future<Void> started(UUID tried) {
    became(tried);
    next(third());
    return Future.succeededFuture();
  }

  private Future<Void> waitForId(LeaseStore.Taking taking, Optional<Long> until) {
    if (until.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("node", self.id())
          .addKeyValue("wait_ms", taking.remaining().toMillis())
          .log("another node has this id; waiting until its lease could be over");
    }
    long end = until.orElseGet(() -> System.nanoTime() + taking.remaining().plus(MARGIN).toNanos());
    if (System.nanoTime() - end > 0) {
      return Future.failedFuture(new NodeIdTaken(self.id()));
    }
    return later(() -> takeAtStart(Optional.of(end), RETRIES));
  }

  /** The same candidate until it is known to be taken: the answer to an earlier try may be lost. */
  private Future<LeaseStore.Taking> tryToTake() {
    return store.take(candidate, own(), vitals.get().address(), draining);
  }

  private UUID[] own() {
    return new UUID[] {incarnation, candidate};
  }

  private void became(UUID tried) {
    if (tried.equals(incarnation) && !tried.equals(candidate)) {
      return; // a late answer to the same try
    }
    incarnation = tried;
    candidate = UUID.randomUUID();
    LOG.atInfo()
        .addKeyValue("node", self.id())
        .addKeyValue("incarnation", incarnation)
        .log("the node's lease was taken");
    tellings.forEach(Telling::tell);
  }

  private void next(Duration wait) {
    timer = vertx.setTimer(wait.toMillis(), fired -> renew());
  }

  private void renew() {
    if (stopped || dispossessed.future().isComplete()) {
      return;
    }
    refresh = false;
    UUID asked = incarnation;
    renewal =
        Failing.call(() -> store.renew(asked, vitals.get(), draining))
            .compose(kept -> kept.isPresent() ? kept(kept.get()) : takeAnew(asked))
            .timeout(third().toMillis(), TimeUnit.MILLISECONDS);
    renewal
        .onFailure(this::failed)
        .onComplete(done -> context.runOnContext(go -> renewed(done.succeeded())));
  }

  /** One line an outage. */
  private void failed(Throwable failure) {
    if (!failing) {
      LOG.warn("the node's lease cannot be renewed: {}", failure.toString());
    }
  }

  private void renewed(boolean succeeded) {
    if (stopped) {
      return;
    }
    failing = !succeeded;
    if (refresh) {
      renew();
    } else {
      next(succeeded ? third() : self.lease().dividedBy(10));
    }
    if (++renewals % FORGET_EVERY == 0) {
      store.forget().onFailure(e -> LOG.warn("dead nodes stay listed: {}", e.toString()));
    }
  }

  private Future<Void> kept(boolean drain) {
    if (drain && !told) {
      told = true;
      draining = true;
      LOG.info("the node is to drain");
      drainListeners.forEach(Runnable::run);
    }
    return Future.succeededFuture();
  }

  private Future<Void> takeAnew(UUID lost) {
    if (!lost.equals(incarnation) || stopped) {
      return Future.succeededFuture(); // the late answer of an earlier renewal
    }
    LOG.warn("the node's lease is lost; taking it anew");
    UUID tried = candidate;
    return tryToTake()
        .map(
            taking -> {
              if (taking.taken()) {
                became(tried);
              } else {
                LOG.error("another living node has the id {}", self.id());
                dispossessed.tryComplete();
              }
              return null;
            });
  }

  private Duration third() {
    return self.lease().dividedBy(3);
  }

  @Override
  public String node() {
    return self.id();
  }

  @Override
  public UUID incarnation() {
    return incarnation;
  }

  @Override
  public void onTaken(Supplier<Future<Void>> work) {
    Telling telling = new Telling(vertx, work);
    context.runOnContext(
        go -> {
          tellings.add(telling);
          telling.tell();
        });
  }

  /** Completes when another living node has this node's id: the process must end. */
  public Future<Void> dispossessed() {
    return dispossessed.future();
  }

  /** From now on the renewals tell what {@code vitals} says; called on an event loop. */
  public void vitals(Supplier<NodeVitals> vitals) {
    this.vitals = vitals;
  }

  /** Calls {@code listener} once on an event loop when the node is to send its clients away. */
  public void onDraining(Runnable listener) {
    context.runOnContext(
        go -> {
          drainListeners.add(listener);
          if (told) {
            listener.run();
          }
        });
  }

  /** Tells the others that this node drains; until its process ends. */
  public void drain() {
    draining = true;
    refresh();
  }

  /** Renews at once and so reads back what operators have set. */
  public void refresh() {
    context.runOnContext(
        go -> {
          refresh = true;
          if (renewal.isComplete() && vertx.cancelTimer(timer)) {
            renew();
          }
        });
  }

  /** Ends the lease, so that the others see at once that the node is gone. */
  public Future<Void> release() {
    Promise<Void> released = Promise.promise();
    context.runOnContext(
        go -> {
          stopped = true;
          vertx.cancelTimer(timer);
          tellings.forEach(Telling::stop);
          renewal
              .otherwiseEmpty()
              .compose(done -> store.release(own()))
              .timeout(third().toMillis() * 2, TimeUnit.MILLISECONDS)
              .onComplete(released);
        });
    return released.future();
  }
}
