package io.magpie.identity;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.app.embedded.Endpoints;
import io.magpie.fanout.Broadcast;
import io.magpie.identity.token.SigningKey;
import io.magpie.identity.token.TokenSettings;
import io.magpie.job.JobSettings;
import io.magpie.job.Jobs;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.redis.RedisSettings;
import io.magpie.storage.Database;
import io.magpie.storage.Failing;
import io.magpie.storage.Migrations;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.RedisForTests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The identity feature on a database of its own, asked as the edges ask it. */
final class IdentityWorld implements AutoCloseable {
  static final Peer PEER =
      new Peer("203.0.113.7", "Mozilla/5.0 (X11; Linux) Firefox/140.0", Optional.empty());
  static final String PASSWORD = "correct horse 马";

  final Vertx vertx = Vertx.vertx();
  final TestClock clock = new TestClock();
  final Operations operations = new Operations();
  final List<UUID> ended = new CopyOnWriteArrayList<>();
  final Endpoints endpoints;
  final Database database;
  final Jobs jobs;
  final IdentityModule module;

  IdentityWorld(String name) {
    this(name, EmbeddedForTests.freshDatabase(name));
  }

  private IdentityWorld(String name, Endpoints endpoints) {
    this(endpoints, endpoints.redisUri());
    Migrations.apply(endpoints.postgresOwnerUri());
    forgetEarlierRuns();
  }

  /** Redis keeps the counters of failed logins for a quarter of an hour. */
  private void forgetEarlierRuns() {
    try (RedisForTests redis = RedisForTests.connect(EmbeddedForTests.redisAdminUri())) {
      redis.ask("SELECT", endpoints.redisUri().replaceFirst(".*/", ""));
      redis.ask("FLUSHDB");
    }
  }

  private IdentityWorld(Endpoints endpoints, String redisUri) {
    this.endpoints = endpoints;
    this.database = Database.open(vertx, endpoints.postgresUri(), 8);
    this.jobs = new Jobs(vertx, database, new SimpleMeterRegistry(), JobSettings.DEFAULT);
    this.module =
        new IdentityModule(
            vertx,
            database,
            new IdentitySettings(
                RedisSettings.standalone(redisUri), tokens(), "https://chat.example"),
            clock,
            operations,
            new Access(),
            new Unheard());
    module.schedule(jobs);
    module.revocations().listen(ended::add);
  }

  /** Nobody else listens. */
  private static final class Unheard implements Broadcast {
    @Override
    public void send(String topic, String json) {}

    @Override
    public void listen(String topic, Consumer<String> listener) {}
  }

  static TokenSettings tokens() {
    byte[] secret = "a test secret that is long enough".getBytes(StandardCharsets.US_ASCII);
    return TokenSettings.of(List.of(SigningKey.of("k1", secret)), "https://chat.example", "magpie");
  }

  /** A user that can log in with {@link #PASSWORD}. */
  User person(String username, String displayName, Role role) {
    return await(
        module.createWithPassword(
            new NewUser(username, displayName, "研发部", "工程师", role), PASSWORD));
  }

  Actor.User login(String username) {
    return actor(loginTokens(username));
  }

  JsonNode loginTokens(String username) {
    return body(
        "session.create",
        new Actor.Anonymous(),
        PEER,
        Json.object().put("username", username).put("password", PASSWORD));
  }

  Actor.User actor(JsonNode tokens) {
    return await(module.authenticator().accessToken(tokens.get("accessToken").textValue()));
  }

  /** Starts an operation as an edge does; the answer is as the handler gives it. */
  Future<Object> ask(String operation, Actor actor, Peer peer, ObjectNode params) {
    return Failing.call(
        () ->
            operations
                .find(operation)
                .orElseThrow()
                .handler()
                .handle(new Call(actor, Params.of(params), peer))
                .map(answer -> (Object) answer));
  }

  /** Waits for the answer and holds it against the contract. */
  JsonNode body(String operation, Actor actor, Peer peer, ObjectNode params) {
    return shown(operation, await(ask(operation, actor, peer, params)));
  }

  JsonNode body(String operation, Actor actor, ObjectNode params) {
    return body(operation, actor, PEER, params);
  }

  static JsonNode shown(String operation, Object answer) {
    Object body = answer instanceof WithCookie with ? with.body() : answer;
    JsonNode json = Json.readObject(Json.write(body));
    ContractResults.check(operation, json);
    return json;
  }

  /** The code with which it is refused, {@code done} if it is not. */
  String refusal(String operation, Actor actor, Peer peer, ObjectNode params) {
    return outcome(ask(operation, actor, peer, params));
  }

  String refusal(String operation, Actor actor, ObjectNode params) {
    return refusal(operation, actor, PEER, params);
  }

  static String outcome(Future<?> future) {
    try {
      await(future);
      return "done";
    } catch (RequestError refused) {
      return refused.code().code();
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  String sql(String query) {
    try {
      return Jdbc.one(endpoints.postgresUri(), query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String statement) {
    try {
      Jdbc.execute(endpoints.postgresUri(), statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(module.close());
    await(database.stop());
    await(vertx.close());
  }
}
