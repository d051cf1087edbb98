package io.magpie.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A client that does what it is told. Every frame that comes is held against the contract, the data
 * of events and the results of replies too; what does not fit fails the next call and {@link
 * #close}.
 */
public final class TestClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final RawSocket socket;
  private final FrameLog frames = new FrameLog();
  private final FrameContract contract = new FrameContract();
  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private volatile boolean answersHeartbeats = true;

  private record Open(String op, CompletableFuture<JsonNode> reply) {}

  private TestClient(RawSocket socket) {
    this.socket = socket;
    Thread reader = new Thread(this::readAll, "test-client-" + socket.localPort());
    reader.setDaemon(true);
    reader.start();
  }

  /** An open WebSocket, before hello. */
  public static TestClient connect(TestServer server) {
    return over(RawSocket.upgraded(server.port()));
  }

  /** Over a WebSocket that is open. */
  public static TestClient over(RawSocket socket) {
    return new TestClient(socket);
  }

  public TestClient withoutHeartbeats() {
    answersHeartbeats = false;
    return this;
  }

  public TestClient hello(TestUser user) {
    return hello(user, Optional.empty(), Map.of());
  }

  /** Says hello and waits for the welcome. */
  public TestClient hello(TestUser user, Optional<UUID> epoch, Map<UUID, Long> cursors) {
    sayHello(user, epoch, cursors);
    welcome();
    return this;
  }

  /** Says hello and does not wait. */
  public void startResume(TestUser user, UUID epoch, Map<UUID, Long> cursors) {
    sayHello(user, Optional.of(epoch), cursors);
  }

  private void sayHello(TestUser user, Optional<UUID> epoch, Map<UUID, Long> cursors) {
    ObjectNode hello = Json.object().put("type", "hello").put("token", user.token());
    epoch.ifPresent(value -> hello.put("epoch", value.toString()));
    ObjectNode given = hello.putObject("cursors");
    cursors.forEach((stream, seq) -> given.put(stream.toString(), seq));
    send(hello);
  }

  public TestClient resume(TestUser user, UUID epoch, Map<UUID, Long> cursors) {
    return hello(user, Optional.of(epoch), cursors);
  }

  public JsonNode welcome() {
    return await("welcome", frame -> type(frame).equals("welcome"));
  }

  public UUID epoch() {
    return UUID.fromString(welcome().get("epoch").textValue());
  }

  /** The state of one stream, from the welcome and the frames that follow it. */
  public JsonNode stream(UUID stream) {
    JsonNode frame =
        await(
            "state of " + stream,
            f ->
                (type(f).equals("welcome") || type(f).equals("streams"))
                    && state(f, stream).isPresent());
    return state(frame, stream).orElseThrow();
  }

  private static Optional<JsonNode> state(JsonNode frame, UUID stream) {
    for (JsonNode state : frame.get("streams")) {
      if (state.get("stream").textValue().equals(stream.toString())) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** Sends any frame. */
  public void send(JsonNode frame) {
    socket.text(frame.toString());
  }

  /** Sends any text. */
  public void text(String text) {
    socket.text(text);
  }

  public RawSocket socket() {
    return socket;
  }

  /** Starts a request; the future has the whole reply, whether good or bad. */
  public CompletableFuture<JsonNode> start(String op, ObjectNode params) {
    return startText(op, params.toString());
  }

  /**
   * Starts a request whose parameters are any text.
   *
   * @param params JSON, sent as it is
   */
  public CompletableFuture<JsonNode> startText(String op, String params) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    open.put(id, new Open(op, reply));
    try {
      text(
          "{\"type\":\"request\",\"id\":%d,\"op\":\"%s\",\"params\":%s}".formatted(id, op, params));
    } catch (UncheckedIOException e) {
      reply.completeExceptionally(e);
    }
    if (frames.ended()) {
      reply.completeExceptionally(new IllegalStateException("closed with " + frames.closeCode()));
    }
    return reply;
  }

  /**
   * Asks and waits for the result.
   *
   * @param params a JSON object with single quotes for double ones
   */
  public JsonNode ask(String op, String params) {
    JsonNode reply = reply(op, Json.readOwn(params.replace('\'', '"')));
    if (!reply.get("ok").booleanValue()) {
      throw new AssertionError(op + " was refused: " + reply);
    }
    return reply.get("result");
  }

  /** The code with which it is refused, {@code done} if it is not. */
  public String refusal(String op, String params) {
    JsonNode reply = reply(op, Json.readOwn(params.replace('\'', '"')));
    return reply.get("ok").booleanValue() ? "done" : reply.at("/error/code").textValue();
  }

  /** The whole reply. */
  public JsonNode reply(String op, ObjectNode params) {
    return get(start(op, params));
  }

  public JsonNode get(CompletableFuture<JsonNode> reply) {
    try {
      return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("no reply", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no reply in time", e);
    } finally {
      contract.check();
    }
  }

  /** Starts to send a text. */
  public CompletableFuture<JsonNode> say(UUID conversation, UUID clientId, String text) {
    ObjectNode params = Json.object().put("conversation", conversation.toString());
    params.put("clientId", clientId.toString());
    params.putObject("body").put("type", "text").put("text", text);
    return start("message.send", params);
  }

  /** Sends a text; its number. */
  public long say(UUID conversation, String text) {
    JsonNode reply = get(say(conversation, UUID.randomUUID(), text));
    if (!reply.get("ok").booleanValue()) {
      throw new AssertionError("refused: " + reply);
    }
    return reply.at("/result/seq").longValue();
  }

  /** The first frame, of those that came and those to come, that fits. */
  public JsonNode await(String what, Predicate<JsonNode> fits) {
    return await(what, PATIENCE, fits);
  }

  public JsonNode await(String what, Duration within, Predicate<JsonNode> fits) {
    return frames.await(what, within, fits);
  }

  /** Waits for an event and gives it. */
  public JsonNode event(UUID stream, long seq) {
    return event(
        "event " + seq + " of " + stream,
        event ->
            event.get("seq").longValue() == seq
                && event.get("stream").textValue().equals(stream.toString()));
  }

  /** The first event of this kind. */
  public JsonNode event(String kind) {
    return event("event " + kind, event -> event.get("kind").textValue().equals(kind));
  }

  private JsonNode event(String what, Predicate<JsonNode> fits) {
    JsonNode frame = await(what, one -> FrameLog.events(one).stream().anyMatch(fits));
    return FrameLog.events(frame).stream().filter(fits).findFirst().orElseThrow();
  }

  /** The events of a stream so far, in the order in which they came. */
  public List<JsonNode> events(UUID stream) {
    return frames.events(stream);
  }

  /** Their numbers. */
  public List<Long> seqs(UUID stream) {
    return events(stream).stream().map(event -> event.get("seq").longValue()).toList();
  }

  public List<JsonNode> frames() {
    return frames.all();
  }

  public static String type(JsonNode frame) {
    return frame.get("type").textValue();
  }

  public boolean ended() {
    return frames.ended();
  }

  /** Waits for the end and gives the close code; 0 where there was no close frame. */
  public int closed(Duration within) {
    Deadline.await("the connection closes", within, frames::ended);
    contract.check();
    return frames.closeCode();
  }

  private void readAll() {
    try {
      Optional<RawFrame> frame = socket.read(Duration.ZERO);
      while (frame.isPresent()) {
        take(frame.get());
        frame = socket.read(Duration.ZERO);
      }
    } catch (SocketTimeoutException | RuntimeException e) {
      contract.fault("reading failed: " + e, Json.object());
    }
    int code = frames.closeCode();
    frames.end();
    open.values()
        .forEach(
            o -> o.reply().completeExceptionally(new IllegalStateException("closed with " + code)));
  }

  private void take(RawFrame frame) {
    switch (frame.opcode()) {
      case RawFrame.TEXT, RawFrame.CONTINUATION -> {
        message.writeBytes(frame.payload());
        if (frame.last()) {
          String whole = message.toString(StandardCharsets.UTF_8);
          message.reset();
          take(Json.readOwn(whole));
        }
      }
      case RawFrame.CLOSE -> {
        frames.closing(frame.closeCode());
        socket.trySend(RawSocket.frame(RawFrame.CLOSE, true, frame.payload()));
      }
      case RawFrame.PING -> socket.trySend(RawSocket.frame(RawFrame.PONG, true, frame.payload()));
      default -> {}
    }
  }

  private void take(JsonNode frame) {
    Optional<Open> request =
        type(frame).equals("reply")
            ? Optional.ofNullable(open.remove(frame.get("id").longValue()))
            : Optional.empty();
    contract.hold(frame, request.map(Open::op));
    if (type(frame).equals("heartbeat") && answersHeartbeats) {
      socket.trySend(
          RawSocket.frame(
              RawFrame.TEXT, true, "{\"type\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8)));
    }
    frames.add(frame);
    request.ifPresent(one -> one.reply().complete(frame));
    if (type(frame).equals("reply") && request.isEmpty()) {
      contract.fault("a reply to nothing", frame);
    }
  }

  @Override
  public void close() {
    socket.close();
    contract.check();
  }
}
