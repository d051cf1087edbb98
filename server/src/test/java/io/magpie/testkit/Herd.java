package io.magpie.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thousands of clients in one JVM, each a reader of one group. They apply by number, come back by
 * themselves as the protocol asks, and count what they meet.
 */
public final class Herd implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(20_000).setMaxMessageSize(8 << 20));
  private final List<Animal> animals = new ArrayList<>();
  private final int port;
  private final boolean patient;
  private final AtomicInteger welcomes = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger upgradesRefused = new AtomicInteger();
  private final AtomicInteger resyncs = new AtomicInteger();
  private final AtomicInteger pulls = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> faults = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * @param port of the server, or of a proxy in front of it
   * @param patient whether they wait with jitter where the server named no time; without it they
   *     come back at once
   */
  public Herd(int port, boolean patient) {
    this.port = port;
    this.patient = patient;
  }

  /** Adds a client; it connects. */
  public void add(TestUser user, UUID group, UUID epoch, long cursor) {
    Animal animal = new Animal(user, group, epoch, cursor);
    animals.add(animal);
    animal.connect();
  }

  /** Hellos that were welcomed so far. */
  public int welcomes() {
    return welcomes.get();
  }

  /** Hellos that were told to come again. */
  public int refused() {
    return refused.get();
  }

  /** Upgrades that were answered 503. */
  public int upgradesRefused() {
    return upgradesRefused.get();
  }

  /** Streams that could not be resumed. */
  public int resyncs() {
    return resyncs.get();
  }

  /** Streams of which more was missed than is pushed. */
  public int pulls() {
    return pulls.get();
  }

  /** What should not have happened, and how often. */
  public ConcurrentHashMap<String, Integer> faults() {
    return faults;
  }

  public boolean allConnected() {
    return animals.stream().allMatch(animal -> animal.connected);
  }

  /** Whether each of them has applied this number of this group. */
  public boolean allHave(UUID group, long seq) {
    return animals.stream()
        .filter(animal -> animal.group.equals(group))
        .allMatch(animal -> animal.cursor >= seq);
  }

  private final class Animal {
    private final TestUser user;
    private final UUID group;
    private final UUID epoch;
    private volatile long cursor;
    private volatile boolean connected;
    private long told = -1;
    private int tries;

    Animal(TestUser user, UUID group, UUID epoch, long cursor) {
      this.user = user;
      this.group = group;
      this.epoch = epoch;
      this.cursor = cursor;
    }

    void connect() {
      told = -1;
      sockets
          .connect(
              new WebSocketConnectOptions()
                  .setHost("127.0.0.1")
                  .setPort(port)
                  .setURI("/ws")
                  .addSubProtocol("magpie.v1"))
          .onSuccess(this::connected)
          .onFailure(
              failure -> {
                if (failure instanceof UpgradeRejectedException) {
                  upgradesRefused.incrementAndGet();
                }
                again();
              });
    }

    private void connected(WebSocket socket) {
      socket.textMessageHandler(text -> frame(socket, new JsonObject(text)));
      socket.exceptionHandler(failure -> {});
      socket.closeHandler(
          closed -> {
            connected = false;
            again();
          });
      JsonObject hello = new JsonObject().put("type", "hello").put("token", user.token());
      hello.put("epoch", epoch.toString());
      hello.put("cursors", new JsonObject().put(group.toString(), cursor));
      socket.writeTextMessage(hello.encode());
    }

    private void frame(WebSocket socket, JsonObject frame) {
      switch (frame.getString("type")) {
        case "welcome" -> welcomed(frame.getJsonArray("streams"));
        case "events" -> events(frame.getJsonArray("events"));
        case "heartbeat" -> socket.writeTextMessage("{\"type\":\"heartbeat\"}");
        case "resync_required" -> resyncs.incrementAndGet();
        case "go_away" -> told = frame.getLong("retryAfterMs");
        case "error" -> refused(frame.getJsonObject("error"));
        default -> {}
      }
    }

    private void welcomed(JsonArray streams) {
      connected = true;
      tries = 0;
      welcomes.incrementAndGet();
      for (int i = 0; i < streams.size(); i++) {
        JsonObject state = streams.getJsonObject(i);
        if (state.getString("stream").equals(group.toString()) && state.getLong("after") > cursor) {
          pulls.incrementAndGet();
          cursor = state.getLong("after");
        }
      }
    }

    private void events(JsonArray events) {
      for (int i = 0; i < events.size(); i++) {
        JsonObject event = events.getJsonObject(i);
        if (event.getString("stream").equals(group.toString())) {
          long seq = event.getLong("seq");
          if (seq != cursor + 1) {
            fault(seq <= cursor ? "an event came twice" : "a hole");
          }
          cursor = seq;
        }
      }
    }

    private void refused(JsonObject error) {
      if (!error.getString("code").equals("overloaded")) {
        if (!error.getString("code").equals("shutting_down")) {
          fault(error.getString("code"));
        }
        return;
      }
      refused.incrementAndGet();
      if (!error.containsKey("retryAfterMs")) {
        fault("refused without retryAfterMs");
        return;
      }
      told = error.getLong("retryAfterMs");
      told += ThreadLocalRandom.current().nextLong(told / 4 + 1);
    }

    private void again() {
      if (!closing) {
        vertx.setTimer(Math.max(1, told >= 0 ? told : backoff()), timer -> connect());
      }
    }

    private long backoff() {
      long bound = Math.min(20_000, 500L << Math.min(++tries, 6));
      return patient ? ThreadLocalRandom.current().nextLong(500, bound + 1) : 10;
    }
  }

  private void fault(String what) {
    faults.merge(what, 1, Integer::sum);
  }

  @Override
  public void close() {
    closing = true;
    CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
    closed.join();
  }
}
