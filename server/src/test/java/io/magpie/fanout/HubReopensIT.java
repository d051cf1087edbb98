package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.membership.MembershipReaderRule;
import io.magpie.redis.RedisSettings;
import io.magpie.storage.Database;
import io.magpie.stream.Event;
import io.magpie.stream.StreamReader;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Somebody is taken out and in again. That they are in again comes by their inbox, that they were
 * out by the conversation: on another node either may come first. Each order is forced here on a
 * hub of the test's own; the streams are real ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubReopensIT {
  private TestServer server;
  private Vertx vertx;
  private Context context;
  private Database database;
  private StreamReader reader;
  private Hub hub;
  private Reader na;
  private UUID group;
  private long before;
  private long removed;
  private long again;
  private List<Event> inbox;
  private List<Event> said;

  /** Who reads, on the hub's loop. */
  private static final class Reader implements Subscriber {
    private final UUID user;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    Reader(UUID user) {
      this.user = user;
    }

    @Override
    public UUID user() {
      return user;
    }

    @Override
    public void event(Event event) {
      events.add(event);
    }

    @Override
    public void signal(Signal signal) {}

    @Override
    public boolean congested() {
      return false;
    }

    @Override
    public void broken(Throwable cause) {
      failures.add(cause);
    }

    List<Long> of(UUID stream) {
      return events.stream().filter(e -> e.stream().equals(stream)).map(Event::seq).toList();
    }
  }

  @BeforeAll
  void start() {
    server = TestServer.start();
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    database = Database.open(vertx, server.endpoints().postgresUri(), 2);
    reader = new StreamReader(database);
  }

  @AfterAll
  void stop() {
    get(database::stop);
    get(vertx::close);
    server.close();
  }

  private static <T> T get(Supplier<Future<T>> work) {
    try {
      return work.get().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void onLoop(Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        go -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Said, taken out, said in her absence, taken in again, said. */
  @BeforeEach
  void history() {
    TestUser wei = server.user("伟");
    TestUser user = server.user("娜");
    group = server.group(wei, user);
    try (TestClient speaker = server.client(wei)) {
      before = speaker.say(group, "before");
      speaker.ask("member.remove", "{'conversation':'" + group + "','user':'" + user.id() + "'}");
      removed = before + 1;
      speaker.say(group, "not for her");
      speaker.ask("member.add", "{'conversation':'" + group + "','users':['" + user.id() + "']}");
      long last = speaker.say(group, "again");
      again = last - 1;
    }
    inbox = get(() -> reader.range(user.id(), 0, 100));
    said = get(() -> reader.range(group, 0, 100));
    NodeSecret secret = new NodeSecret("test:", new byte[32]);
    Relay relay =
        new Relay(
            vertx,
            RedisSettings.standalone(server.endpoints().redisUri()),
            secret,
            new SimpleMeterRegistry());
    hub = new Hub(vertx, context, reader, new MembershipReaderRule(), relay.interest());
    na = new Reader(user.id());
    onLoop(
        () -> {
          hub.add(na);
          hub.register(na, user.id(), 1); // the first membership is known
          hub.join(na, user.id(), 1);
        });
  }

  private void comes(List<Event> events) {
    onLoop(() -> events.forEach(hub::accept));
  }

  private void assertReadsBothMembershipsAndNothingBetween() {
    long last = again + 1;
    List<Long> expected =
        LongStream.concat(LongStream.of(removed), LongStream.rangeClosed(again, last))
            .boxed()
            .toList();
    Deadline.await("the last event", () -> na.of(group).contains(last));
    onLoop(() -> assertThat(na.of(group)).isEqualTo(expected));
    assertThat(na.failures).isEmpty();
    Promise<Long> pushed = Promise.promise();
    onLoop(() -> pushed.complete(hub.digest(na).hash()));
    Digest same = new Digest();
    same.add(group, last);
    same.add(na.user(), inbox.get(inbox.size() - 1).seq());
    assertThat(pushed.future().result()).isEqualTo(same.hash());
  }

  @Test
  void in_again_is_heard_before_out() {
    onLoop(
        () -> {
          hub.register(na, group, before);
          hub.join(na, group, before);
        });
    comes(inbox);
    assertThat(na.of(group)).isEmpty();
    comes(said);
    assertReadsBothMembershipsAndNothingBetween();
  }

  @Test
  void out_is_heard_before_in_again() {
    onLoop(
        () -> {
          hub.register(na, group, before);
          hub.join(na, group, before);
        });
    comes(said.subList(0, (int) removed));
    assertThat(na.of(group)).containsExactly(removed);
    comes(inbox);
    comes(said);
    assertReadsBothMembershipsAndNothingBetween();
  }

  @Test
  void in_again_is_heard_while_she_is_caught_up_with_the_time_before_she_was_out() {
    onLoop(
        () -> {
          hub.register(na, group, before);
          hub.catchUp(na, group, before);
          inbox.forEach(hub::accept); // the answer to the read comes in a later turn
        });
    assertReadsBothMembershipsAndNothingBetween();
  }

  @Test
  void all_comes_twice_and_mixed() {
    onLoop(
        () -> {
          hub.register(na, group, before);
          hub.join(na, group, before);
        });
    comes(said.subList((int) removed, said.size())); // waits behind the gap
    comes(inbox);
    comes(said);
    comes(inbox);
    comes(said);
    assertReadsBothMembershipsAndNothingBetween();
  }
}
