package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.config.DrainConfig;
import io.magpie.app.config.ManagementConfig;
import io.magpie.app.demo.Demo;
import io.magpie.cluster.PostgresWatch;
import io.magpie.gateway.Admission;
import io.magpie.gateway.Gateway;
import io.magpie.http.Contract;
import io.magpie.http.Health;
import io.magpie.http.HttpEdge;
import io.magpie.http.Management;
import io.magpie.http.StaticPages;
import io.magpie.identity.IdentityModule;
import io.magpie.identity.IdentitySettings;
import io.magpie.identity.NewUser;
import io.magpie.identity.User;
import io.magpie.membership.MembershipReaderRule;
import io.magpie.operation.Operations;
import io.magpie.presence.PresenceModule;
import io.magpie.protocol.Params;
import io.magpie.storage.Durability;
import io.magpie.storage.Migrations;
import io.magpie.storage.SchemaMismatch;
import io.magpie.stream.StreamOperations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, from its settings to a served port. Starting blocks for a few seconds; stopping takes
 * the parts down in the reverse order, so that everything that was acked is stored and everybody
 * knows where to go before the database ends.
 */
public final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final Services services;
  private final Core core;
  private final IdentityModule identity;
  private final PresenceModule presence;
  private final Gateway gateway;
  private final Health health;
  private final Listeners listeners;
  private final HttpServer management;
  private final PostgresWatch watch;
  private final Optional<Demo> demo;
  private final DrainConfig drain;
  private Future<Void> drained;

  private Application(
      DrainConfig drain,
      Services services,
      Core core,
      IdentityModule identity,
      PresenceModule presence,
      Edge edge,
      Optional<Demo> demo) {
    this.drain = drain;
    this.services = services;
    this.core = core;
    this.identity = identity;
    this.presence = presence;
    this.gateway = edge.gateway();
    this.health = edge.health();
    this.listeners = edge.listeners();
    this.management = edge.management();
    this.watch = edge.watch();
    this.demo = demo;
  }

  private record Edge(
      Gateway gateway,
      Health health,
      Listeners listeners,
      HttpServer management,
      PostgresWatch watch) {}

  /**
   * Starts a node and waits until it is ready.
   *
   * @throws StartFailure with one sentence that a person can act on; nothing is left running then
   */
  public static Application start(Config config) {
    Services services = Services.open(config.services());
    try {
      return start(config, services);
    } catch (RuntimeException e) {
      services.close();
      throw e instanceof Durability.Unsafe
          ? new StartFailure("database-not-durable", e.getMessage())
          : e;
    }
  }

  private static Application start(Config config, Services services) {
    DatabasePatience.await(
        services.endpoints().postgresUri(), config.services().postgres().startPatience());
    migrate(services);
    Core core =
        Core.start(
            EventLoops.start(config.cluster()),
            services.endpoints(),
            config.services(),
            config.node(),
            new MembershipReaderRule());
    try {
      return start(config, services, core);
    } catch (RuntimeException e) {
      core.stop();
      throw e;
    }
  }

  /** Without the owner's role the schema must be there; somebody else migrates it. */
  static void migrate(Services services) {
    String owner = services.endpoints().postgresOwnerUri();
    try {
      if (owner.isEmpty()) {
        Migrations.check(services.endpoints().postgresUri());
      } else {
        Migrations.apply(owner);
      }
    } catch (SchemaMismatch e) {
      throw new StartFailure(e.code(), e.getMessage(), e);
    } catch (FlywayException e) {
      throw new StartFailure(
          "database-migration",
          "The database cannot be reached or brought up to date: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /** What came out of a backup is somebody's: no demo people are added to it. */
  private static boolean restored(Services services) {
    return Migrations.schema(services.endpoints().postgresUri()).restored();
  }

  /** New months need partitions while the node runs; the schema may be a newer node's by then. */
  private static void makePartitionsDaily(Services services, Vertx vertx) {
    String owner = services.endpoints().postgresOwnerUri();
    if (owner.isEmpty()) {
      return;
    }
    vertx.setPeriodic(
        DAY_MS,
        timer ->
            vertx
                .executeBlocking(
                    () -> {
                      Migrations.partitions(owner);
                      return null;
                    })
                .onFailure(failure -> LOG.error("the partitions of coming months", failure)));
  }

  private static Application start(Config config, Services services, Core core) {
    makePartitionsDaily(services, core.vertx());
    Settings settings = new Settings(config);
    String node = core.lease().node();
    String origin = Listeners.origin(config.http());
    IdentityModule identity =
        new IdentityModule(
            core.vertx(),
            core.database(),
            new IdentitySettings(
                core.redis(), settings.tokens(services.directory()), origin, settings.login()),
            core.clock(),
            core.operations(),
            core.access(),
            core.broadcast());
    identity.schedule(core.jobs());
    Features.conversations(core, identity.users(), config.limits());
    new StreamOperations(core.reader(), core.epoch()).register(core.operations());
    Nodes nodes = Nodes.start(core);
    ServerInfo.register(core.operations(), node, settings.welcome());
    Gateway gateway =
        new Gateway(
            core.vertx(),
            settings.gateway(node, core.epoch(), core.clock()),
            new Gateway.Parts(
                core.operations(), identity.authenticator(), core.reader(), core.fanout()),
            new Admission(
                config.limits().unauthenticated().perNode(),
                config.limits().unauthenticated().perAddress(),
                settings::exempt),
            core.metrics());
    identity.revocations().listen(gateway::sessionRevoked);
    PresenceModule presence = Features.presence(core, identity.users());
    gateway.listen(presence);
    gateway.shareRates(core.broadcast());
    Optional<Demo> demo = demo(config, services);
    demo.ifPresent(people -> Waiting.on(people.create(identity, core.operations())));
    Edge edge =
        serve(
            config,
            core,
            nodes,
            identity,
            gateway,
            () -> WarmUp.run(config, core, services.endpoints().postgresUri()));
    nodes.tell(config.http(), edge.listeners().port());
    core.jobs().start(node);
    Application application =
        new Application(config.drain(), services, core, identity, presence, edge, demo);
    core.lease().onDraining(application::drain);
    core.lease().dispossessed().onSuccess(gone -> application.drain());
    return application;
  }

  /** On the embedded database always; on another one only where a password for them is set. */
  private static Optional<Demo> demo(Config config, Services services) {
    if (restored(services)) {
      return Optional.empty();
    }
    return services
        .directory()
        .map(directory -> Demo.of(directory, config.demoPassword()))
        .or(() -> config.demoPassword().map(Demo::with));
  }

  private static Edge serve(
      Config config,
      Core core,
      Nodes nodes,
      IdentityModule identity,
      Gateway gateway,
      Runnable warmUp) {
    Contract contract = Contract.load();
    RedisPing redis = new RedisPing(core.vertx(), core.redis());
    Health health = new Health(core.database()::probe, redis::ping);
    HttpEdge edge =
        new HttpEdge(
            new HttpEdge.Parts(
                contract,
                core.operations(),
                identity.authenticator(),
                gateway,
                health,
                StaticPages.load(contract),
                identity::avatar,
                core.metrics()),
            new Settings(config).http());
    Listeners listeners =
        Listeners.start(
            core.vertx(), edge, config.http(), config.limits().frames().bytes(), core.process());
    HttpServer management = management(core, nodes, health, config.management());
    warmUp.run();
    health.ready();
    return new Edge(
        gateway, health, listeners, management, DatabaseLoss.watch(core, health, gateway));
  }

  private static HttpServer management(
      Core core, Nodes nodes, Health health, ManagementConfig config) {
    try {
      return Waiting.on(
          Management.start(
              core.vertx(),
              config.host(),
              config.port(),
              new Management.Parts(
                  health, core.metrics(), () -> nodes.directory().page("", Params.MAX_PAGE))));
    } catch (RuntimeException e) {
      throw PortFailure.explain(e, config.host(), config.port(), "MAGPIE_MANAGEMENT_PORT");
    }
  }

  /** Port on which people are served. */
  public int port() {
    return listeners.port();
  }

  /** Port of health details and metrics. */
  public int managementPort() {
    return management.actualPort();
  }

  /**
   * Makes a user, or gives an existing one of that name this password; blocks. No rule is asked.
   */
  public User createUser(NewUser user, String password) {
    return Waiting.on(identity.createWithPassword(user, password));
  }

  /** Everything that clients can ask of this node. */
  public Operations operations() {
    return core.operations();
  }

  /** The demo people, where there are any. */
  public Optional<Demo> demo() {
    return demo;
  }

  /** The caller closes this node when the JVM ends; before, only embedded services are stopped. */
  void handOver() {
    services.handOver();
  }

  /** Completes when another living node has this node's id; the process must end then. */
  public Future<Void> dispossessed() {
    return core.lease().dispossessed();
  }

  /**
   * Not ready from now on; after the delay new connections are refused and clients sent away. The
   * node goes on running: it answers HTTP and can be looked at. There is no way back but a restart.
   * From any thread; asked again, it gives the same future.
   *
   * @return done when no client is connected any more, or the time for it is over
   */
  public synchronized Future<Void> drain() {
    if (drained == null) {
      core.lease().drain();
      health.draining();
      Future<?> noticed =
          drain.delay().isZero()
              ? Future.succeededFuture()
              : core.vertx().timer(drain.delay().toMillis(), TimeUnit.MILLISECONDS);
      drained = noticed.compose(ready -> gateway.drain());
    }
    return drained;
  }

  /** Not ready, clients sent away, ports closed, then the parts, the database last. */
  @Override
  public void close() {
    step("watch of PostgreSQL", watch::stop);
    step("clients", () -> Waiting.on(drain(), drain.delay().plus(drain.time()).plusSeconds(5)));
    step("presence", () -> Waiting.on(presence.stop()));
    step("ports", () -> Waiting.on(listeners.stop()));
    step("jobs", () -> Waiting.on(core.jobs().stop()));
    step("management", () -> Waiting.on(management.close()));
    step("gateway", gateway::stop);
    step("identity", () -> Waiting.on(identity.close()));
    step("core", core::stop);
    step("services", services::close);
  }

  /** One part that fails to stop must not keep the next one from stopping. */
  private static void step(String name, Runnable stop) {
    try {
      stop.run();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("part", name).setCause(e).log("a part did not stop cleanly");
    }
  }
}
