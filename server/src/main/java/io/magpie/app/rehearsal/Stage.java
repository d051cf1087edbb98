package io.magpie.app.rehearsal;

import io.magpie.access.Access;
import io.magpie.conversation.ConversationModule;
import io.magpie.fanout.Fanout;
import io.magpie.fanout.NodeSecret;
import io.magpie.fanout.Relay;
import io.magpie.gateway.Admission;
import io.magpie.gateway.Entrance;
import io.magpie.gateway.Gateway;
import io.magpie.gateway.GatewayLimits;
import io.magpie.gateway.GatewaySettings;
import io.magpie.job.JobSettings;
import io.magpie.job.Jobs;
import io.magpie.membership.ChatParts;
import io.magpie.membership.MembershipLimits;
import io.magpie.membership.MembershipReaderRule;
import io.magpie.message.MessageLimits;
import io.magpie.operation.Operations;
import io.magpie.storage.Database;
import io.magpie.storage.PoolSettings;
import io.magpie.stream.StreamReader;
import io.magpie.stream.Writer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A small node inside of the node: everything that a message passes, from the socket to the socket,
 * made of the same classes, on a loopback port and with metrics of its own. Its channels in Redis
 * have a name that nobody else knows, so other nodes neither hear of it nor are counted.
 */
final class Stage implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private static final int PLENTY = 1_000_000;
  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

  private final RehearsalParts parts;
  private final Database database;
  private final Fanout fanout;
  private final Gateway gateway;
  private final Door door = new Door();

  Stage(RehearsalParts parts, Cast cast) {
    this.parts = parts;
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.database = Database.rehearsal(parts.vertx(), parts.postgresUri(), PoolSettings.DEFAULT);
    StreamReader reader = new StreamReader(database);
    Writer writer = new Writer(parts.vertx(), database, Writer.LANES);
    NodeSecret secret = new NodeSecret("magpie:rehearsal:" + UUID.randomUUID() + ":", key());
    this.fanout =
        new Fanout(
            parts.vertx(),
            reader,
            new MembershipReaderRule(),
            new Relay(parts.vertx(), parts.redis(), secret, metrics));
    writer.listener(fanout);
    Operations operations = new Operations();
    new ConversationModule(
            new ChatParts(
                database,
                writer,
                new Access(),
                users -> Future.succeededFuture(Map.of()),
                fanout,
                new Jobs(parts.vertx(), database, metrics, JobSettings.DEFAULT),
                parts.gateway().clock()),
            MembershipLimits.DEFAULT,
            MessageLimits.DEFAULT)
        .register(operations);
    this.gateway =
        new Gateway(
            parts.vertx(),
            settings(parts.gateway()),
            new Gateway.Parts(operations, cast, reader, fanout),
            new Admission(PLENTY, PLENTY, address -> true),
            metrics);
  }

  private static byte[] key() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  private static GatewaySettings settings(GatewaySettings node) {
    GatewayLimits limits = node.limits();
    return new GatewaySettings(
        node.node(),
        node.epoch(),
        node.leeway(),
        node.features(),
        node.welcome(),
        new GatewayLimits(
            limits.frameBytes(),
            PLENTY,
            PLENTY,
            limits.controlFramesPerSecond(),
            Duration.ofMinutes(1),
            PLENTY,
            PLENTY,
            limits.socketsPerUser(),
            limits.heartbeat(),
            limits.readIdle(),
            limits.outboundBytes(),
            limits.outboundFrames(),
            limits.outboundStall(),
            limits.outboundTotalBytes(),
            PLENTY,
            PLENTY,
            limits.hellosAtOnce(),
            Duration.ZERO,
            limits.drain()),
        node.clock());
  }

  /** Lets people in. */
  Future<Integer> open(UUID conversation, Cast cast) {
    fanout.start();
    return Props.set(database, conversation, cast)
        .compose(set -> parts.vertx().deployVerticle(door))
        .map(deployed -> door.server.actualPort());
  }

  /** Takes everything down, also what was only half opened; blocks. What was written is gone. */
  @Override
  public void close() throws ExecutionException, TimeoutException, InterruptedException {
    fanout.stop();
    gateway.stop();
    Future<?> shut =
        door.deployed() ? parts.vertx().undeploy(door.deploymentID()) : Future.succeededFuture();
    Limit.after(TIME_TO_CLOSE).await(shut.eventually(database::stop));
  }

  /** The only way in. */
  private final class Door extends VerticleBase {
    private HttpServer server;

    boolean deployed() {
      return context != null;
    }

    @Override
    public Future<?> start() {
      Entrance entrance = gateway.entrance();
      server =
          vertx.createHttpServer(new HttpServerOptions(parts.server()).setHost(HOST).setPort(0));
      return server.requestHandler(request -> entrance.take(request, HOST)).listen();
    }

    @Override
    public Future<?> stop() {
      return server.close();
    }
  }
}
