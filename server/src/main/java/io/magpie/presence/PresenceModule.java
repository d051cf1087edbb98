package io.magpie.presence;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.cluster.NodeLease;
import io.magpie.fanout.Broadcast;
import io.magpie.gateway.ConnectionListener;
import io.magpie.job.Jobs;
import io.magpie.membership.People;
import io.magpie.membership.SharedConversations;
import io.magpie.operation.Line;
import io.magpie.operation.Operations;
import io.magpie.storage.Database;
import io.magpie.stream.Writer;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Wires presence; listens to the gateway for connections. */
public final class PresenceModule implements ConnectionListener {
  /** Users that one connection watches at most. */
  static final int WATCHED = 10_000;

  /** How long a user stays after the last connection of a node ended. */
  static final Duration GRACE = Duration.ofSeconds(3);

  /** The same after an orderly stop of the node: its clients are told to wait up to 2 s. */
  private static final Duration SPARE = Duration.ofSeconds(4);

  /** After a crash of the database the other nodes need a moment to tell of their users. */
  private static final Duration RECOVERY = Duration.ofSeconds(4);

  private static final long MEASURE_MS = 1_000;

  private final Parts parts;
  private final Context context;
  private final PresenceMetrics metrics = new PresenceMetrics();
  private final Devices devices = new Devices(GRACE);
  private final Watching watching = new Watching(WATCHED, metrics::coalesced);
  private final TellingStore telling;
  private final PresenceStore store;
  private final Visibility visibility;
  private final Follower follower;
  private final Reporter reporter;
  private final Sweeper sweeper;
  private final Delivery delivery;
  private final OwnPresence own;
  private volatile boolean takenBefore;
  private volatile long measuring = -1;

  /**
   * What it is built on; the composition root fills it.
   *
   * @param clock of the database
   */
  public record Parts(
      Vertx vertx,
      Database database,
      Writer writer,
      Jobs jobs,
      NodeLease lease,
      Broadcast broadcast,
      Access access,
      People people,
      Clock clock) {}

  /** Registers its rule and its kind of jobs. */
  public PresenceModule(Parts parts) {
    this.parts = parts;
    Vertx vertx = parts.vertx();
    this.context = vertx.getOrCreateContext();
    this.telling = new TellingStore(parts.database());
    this.store = new PresenceStore(parts.database());
    this.visibility =
        new Visibility(parts.access(), parts.people(), new SharedConversations(parts.database()));
    this.follower = new Follower(vertx, context, store, watching, parts.broadcast());
    this.reporter =
        new Reporter(
            vertx, context, telling, parts.lease(), devices, follower::changedHere, metrics);
    this.sweeper = new Sweeper(vertx, telling, follower::look, metrics);
    this.delivery = new Delivery(vertx, context, watching, visibility, parts.clock(), metrics);
    this.own =
        new OwnPresence(parts.database(), parts.writer(), parts.jobs(), follower::changedHere);
  }

  public void register(Operations operations) {
    new PresenceOperations(context, devices, watching, visibility, store, parts.clock())
        .register(operations);
    new OwnPresenceOperations(own, parts.clock()).register(operations);
  }

  /** Shows in {@code registry} what there is and what is done. */
  public void bindTo(MeterRegistry registry) {
    metrics.bindTo(registry);
  }

  private void measure() {
    metrics.sizes(new PresenceMetrics.Sizes(devices.size(), watching.active(), watching.watched()));
  }

  /** Begins to tell and to follow; before the first connection. */
  public Future<Void> start() {
    return follower
        .start()
        .onSuccess(
            following -> {
              reporter.start();
              sweeper.start();
              delivery.start();
              measuring =
                  parts
                      .vertx()
                      .setPeriodic(MEASURE_MS, tick -> context.runOnContext(go -> measure()));
              parts.lease().onTaken(this::recover);
            });
  }

  /** With every lease after the first one: the database may have lost what is unlogged. */
  private Future<Void> recover() {
    if (takenBefore) {
      parts
          .vertx()
          .timer(RECOVERY.toMillis(), TimeUnit.MILLISECONDS)
          .onSuccess(done -> context.runOnContext(go -> follower.readAll()));
    }
    takenBefore = true;
    return Future.succeededFuture();
  }

  @Override
  public void connected(Line line, Actor.User user) {
    context.runOnContext(
        go -> {
          watching.connected(line, user);
          devices.connected(user.id(), line.id());
        });
  }

  @Override
  public void disconnected(Line line) {
    UUID id = line.id();
    context.runOnContext(
        go ->
            watching
                .disconnected(id)
                .ifPresent(user -> devices.disconnected(user, id, System.nanoTime())));
  }

  /** After the clients have been sent away, while the node still has its lease. */
  public Future<Void> stop() {
    parts.vertx().cancelTimer(measuring);
    delivery.stop();
    sweeper.stop();
    reporter.stop();
    follower.stop();
    return telling.spare(parts.lease().incarnation(), SPARE);
  }
}
