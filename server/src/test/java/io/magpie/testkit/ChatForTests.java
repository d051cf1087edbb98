package io.magpie.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.app.embedded.Endpoints;
import io.magpie.conversation.ConversationModule;
import io.magpie.fanout.ReaderRule;
import io.magpie.fanout.Signal;
import io.magpie.identity.User;
import io.magpie.job.JobSettings;
import io.magpie.job.Jobs;
import io.magpie.membership.ChatParts;
import io.magpie.membership.MembershipLimits;
import io.magpie.message.MessageLimits;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.operation.Peer;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.magpie.storage.Failing;
import io.magpie.storage.Migrations;
import io.magpie.stream.Event;
import io.magpie.stream.StreamReader;
import io.magpie.stream.Writer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The chat features on a database of their own, asked through the table of operations as the edges
 * ask. Every answer and every committed event is held against the contract.
 */
public final class ChatForTests implements AutoCloseable {
  private static final Peer PEER = new Peer("203.0.113.7", "test", Optional.empty());
  private static final String INBOX =
      """
      with made as (insert into stream (id, kind) values ($1, 2) returning id)
      insert into stream_reader (stream_id, user_id, from_seq) select id, id, 1 from made
      """;

  public final Vertx vertx = Vertx.vertx();
  public final MovableClock clock = new MovableClock();
  public final Operations operations = new Operations();
  public final List<Event> events = new CopyOnWriteArrayList<>();
  public final List<Signal> signals = new CopyOnWriteArrayList<>();
  public final Endpoints endpoints;
  public final Database database;
  public final Writer writer;
  public final StreamReader reader;
  public final ReaderRule readerRule;
  public final Jobs jobs;
  private final Map<UUID, User> people = new ConcurrentHashMap<>();

  public ChatForTests(String name, MembershipLimits members, MessageLimits messages) {
    endpoints = EmbeddedForTests.freshDatabase(name);
    Migrations.apply(endpoints.postgresOwnerUri());
    database = Database.open(vertx, endpoints.postgresUri(), 12);
    writer = new Writer(vertx, database, 4);
    writer.listener(events::addAll);
    reader = new StreamReader(database);
    jobs = new Jobs(vertx, database, new SimpleMeterRegistry(), JobSettings.DEFAULT);
    ConversationModule module =
        new ConversationModule(
            new ChatParts(
                database,
                writer,
                new Access(),
                ids ->
                    Future.succeededFuture(
                        ids.stream()
                            .distinct()
                            .filter(people::containsKey)
                            .collect(Collectors.toMap(id -> id, people::get))),
                signals::add,
                jobs,
                clock),
            members,
            messages);
    readerRule = module.register(operations).readerRule();
    jobs.start("test");
  }

  public ChatForTests(String name) {
    this(name, MembershipLimits.DEFAULT, MessageLimits.DEFAULT);
  }

  /** Somebody new, with an inbox. */
  public UUID person(String name) {
    UUID id = UUID.randomUUID();
    await(database.query(INBOX, Tuple.of(id)));
    people.put(id, person(id, name, false));
    return id;
  }

  /** From now on this person cannot log in. */
  public void disable(UUID id) {
    people.compute(id, (i, person) -> person(i, person.displayName(), true));
  }

  private static User person(UUID id, String name, boolean disabled) {
    return new User(
        id,
        "u" + id.toString().substring(0, 8),
        name,
        "member",
        Optional.empty(),
        Optional.empty(),
        "/api/v1/users/" + id + "/avatar",
        disabled ? Optional.of(true) : Optional.empty());
  }

  /** Starts an operation; the answer is as the handler gives it. */
  public Future<Object> start(UUID user, String op, String params) {
    ObjectNode node = Json.readObject(params.replace('\'', '"'));
    return start(user, op, node);
  }

  public Future<Object> start(UUID user, String op, ObjectNode params) {
    Actor.User actor = new Actor.User(user, UUID.randomUUID(), Set.of(Role.EMPLOYEE), Instant.MAX);
    return Failing.call(
        () ->
            operations
                .find(op)
                .orElseThrow()
                .handler()
                .handle(new Call(actor, Params.of(params), PEER))
                .map(answer -> (Object) answer));
  }

  /**
   * Asks, waits, and holds the answer against the contract.
   *
   * @param params a JSON object, with single quotes for double ones
   */
  public JsonNode ask(UUID user, String op, String params) {
    return shown(op, await(start(user, op, params)));
  }

  /** The answer as a client sees it. */
  public static JsonNode shown(String op, Object answer) {
    JsonNode json = Json.readOwn(Json.write(answer));
    ContractForTests.result(op, json);
    return json;
  }

  /** The code with which it is refused, {@code done} if it is not. */
  public String outcome(UUID user, String op, String params) {
    return outcome(start(user, op, params));
  }

  public static String outcome(Future<?> future) {
    try {
      await(future);
      return "done";
    } catch (RequestError refused) {
      return refused.code().code();
    }
  }

  /** A group whose owner is the first one. */
  public UUID group(UUID owner, UUID... others) {
    String members =
        List.of(others).stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
    return id(
        ask(
            owner,
            "conversation.create",
            "{'clientId':'%s','kind':'group','name':'组','members':[%s]}"
                .formatted(UUID.randomUUID(), members)));
  }

  public UUID direct(UUID one, UUID other) {
    return id(
        ask(
            one,
            "conversation.create",
            "{'clientId':'%s','kind':'direct','members':['%s']}"
                .formatted(UUID.randomUUID(), other)));
  }

  private static UUID id(JsonNode conversation) {
    return UUID.fromString(conversation.get("id").textValue());
  }

  /** Sends a text; its number. */
  public long send(UUID sender, UUID conversation, String text) {
    return send(sender, conversation, text, "");
  }

  /**
   * Sends a text with more fields.
   *
   * @param more for example {@code ,'replyTo':3}
   */
  public long send(UUID sender, UUID conversation, String text, String more) {
    return ask(
            sender,
            "message.send",
            "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'%s'}%s}"
                .formatted(conversation, UUID.randomUUID(), text, more))
        .get("seq")
        .longValue();
  }

  /** All events of a stream that the user may read, each held against the contract. */
  public List<Event> events(UUID user, UUID stream, long after) {
    List<Event> found = await(reader.events(user, stream, after, 100_000)).events();
    found.forEach(event -> ContractForTests.event(event, Json.readOwn(event.json())));
    return found;
  }

  public String sql(String query) {
    try {
      return Jdbc.one(endpoints.postgresUri(), query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(jobs.stop());
    await(database.stop());
    await(vertx.close());
  }
}
