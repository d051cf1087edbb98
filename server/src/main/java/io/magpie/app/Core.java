package io.magpie.app;

import io.magpie.access.Access;
import io.magpie.app.config.NodeConfig;
import io.magpie.app.config.PostgresConfig;
import io.magpie.app.config.ServicesConfig;
import io.magpie.app.embedded.Endpoints;
import io.magpie.cluster.PostgresNodeLease;
import io.magpie.fanout.Broadcast;
import io.magpie.fanout.Fanout;
import io.magpie.fanout.NodeSecret;
import io.magpie.fanout.ReaderRule;
import io.magpie.fanout.Relay;
import io.magpie.fault.MovedClock;
import io.magpie.job.JobSettings;
import io.magpie.job.Jobs;
import io.magpie.operation.Operations;
import io.magpie.redis.RedisSettings;
import io.magpie.storage.Database;
import io.magpie.storage.DatabaseClock;
import io.magpie.storage.Durability;
import io.magpie.storage.PoolSettings;
import io.magpie.stream.StreamReader;
import io.magpie.stream.Writer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform that features stand on: event loops, database, streams, fan-out, tables. */
final class Core {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMetrics process = new ProcessMetrics(metrics);
  private final Operations operations = new Operations();
  private final Access access = new Access();
  private final IntSupplier members;
  private final Vertx vertx;
  private final Database database;
  private final DatabaseClock clock;
  private final StreamReader reader;
  private final Writer writer;
  private final RedisSettings redis;
  private final Relay relay;
  private final Fanout fanout;
  private final Jobs jobs;
  private final UUID epoch;
  private final Lease lease;

  private Core(
      EventLoops loops,
      Database database,
      DatabaseClock clock,
      Lease lease,
      RedisSettings redis,
      Duration patience,
      ReaderRule rule) {
    this.members = loops.members();
    this.vertx = loops.vertx();
    this.database = database;
    this.lease = lease;
    this.redis = redis;
    this.clock = clock;
    database.bindTo(metrics);
    clock.bindTo(metrics);
    this.reader = new StreamReader(database);
    this.epoch = Waiting.patiently(reader::epoch, patience);
    this.writer = new Writer(vertx, database, Writer.LANES);
    NodeSecret secret = Waiting.patiently(() -> NodeSecret.read(database), patience);
    this.relay = new Relay(vertx, redis, secret, metrics);
    this.fanout = new Fanout(vertx, reader, rule, relay);
    this.jobs = new Jobs(vertx, database, metrics, JobSettings.DEFAULT);
    writer.listener(fanout);
    fanout.start();
  }

  /**
   * Blocks until the database answers and has proved that it keeps what it commits.
   *
   * @param rule which events change who reads
   */
  static Core start(
      EventLoops loops,
      Endpoints endpoints,
      ServicesConfig config,
      NodeConfig node,
      ReaderRule rule) {
    Vertx vertx = loops.vertx();
    try {
      Database database = Database.open(vertx, endpoints.postgresUri(), pool(config.postgres()));
      Duration patience = config.postgres().startPatience();
      Waiting.patiently(() -> Durability.check(database), patience);
      DatabaseClock clock = new DatabaseClock(MovedClock.of(Clock.systemUTC()));
      Waiting.patiently(() -> clock.follow(vertx, database), patience);
      Lease lease = Lease.take(vertx, endpoints.postgresUri(), config.postgres(), node);
      try {
        RedisSettings redis = config.redis().settings(endpoints.redisUri());
        return new Core(loops, database, clock, lease, redis, patience, rule);
      } catch (RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  private static PoolSettings pool(PostgresConfig config) {
    return new PoolSettings(
        config.poolSize(),
        config.queue(),
        config.connectTimeout(),
        config.statementTimeout(),
        config.patience());
  }

  PrometheusMeterRegistry metrics() {
    return metrics;
  }

  ProcessMetrics process() {
    return process;
  }

  /** The time of the database, the same on all nodes. */
  Clock clock() {
    return clock;
  }

  Operations operations() {
    return operations;
  }

  Access access() {
    return access;
  }

  Vertx vertx() {
    return vertx;
  }

  /** This node among the living. */
  PostgresNodeLease lease() {
    return lease.get();
  }

  /** Whether the database answers; people's requests do not stand in the way. */
  Future<Void> probeDatabase() {
    return lease.probe();
  }

  /** How many nodes Hazelcast sees; 0 without a cluster. */
  IntSupplier members() {
    return members;
  }

  Database database() {
    return database;
  }

  StreamReader reader() {
    return reader;
  }

  Writer writer() {
    return writer;
  }

  /** Where Redis is. */
  RedisSettings redis() {
    return redis;
  }

  /** Hints to the other nodes. */
  Broadcast broadcast() {
    return relay;
  }

  Fanout fanout() {
    return fanout;
  }

  Jobs jobs() {
    return jobs;
  }

  UUID epoch() {
    return epoch;
  }

  /** Pool first, then the event loops; blocks. */
  void stop() {
    fanout.stop();
    try {
      lease.close();
    } catch (RuntimeException e) {
      LOG.warn("the others see this node until its lease is over: {}", e.toString());
    }
    Waiting.on(database.stop());
    Waiting.on(vertx.close());
    process.close();
  }
}
