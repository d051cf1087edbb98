package io.magpie.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.bench.load.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One client that asks and waits, and understands what comes: for workloads that are about answers.
 * Used by one thread.
 */
public final class MagpieClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private long asked;

  private MagpieClient(Member member) {
    socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("magpie.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + member.port() + "/ws"), new Inbox(frames))
            .join();
  }

  /** Connects, without a hello. */
  public static MagpieClient of(Member member) {
    return new MagpieClient(member);
  }

  /** Puts whole texts together. */
  private record Inbox(BlockingQueue<String> frames, StringBuilder text)
      implements WebSocket.Listener {
    Inbox(BlockingQueue<String> frames) {
      this(frames, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        frames.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /**
   * Logs in and takes what it missed.
   *
   * @param cursors of the streams, empty for none; with the epoch that they belong to
   * @param missed events that have to come behind the welcome
   * @return the welcome
   */
  public JsonNode hello(Member member, String epoch, ObjectNode cursors, int missed) {
    ObjectNode hello = JSON.createObjectNode().put("type", "hello");
    hello.put("token", member.credential()).put("client", "bench/1.0");
    if (!cursors.isEmpty()) {
      hello.put("epoch", epoch).set("cursors", cursors);
    }
    socket.sendText(hello.toString(), true);
    JsonNode welcome = next("welcome");
    for (int left = missed; left > 0; ) {
      left -= next("events").get("events").size();
    }
    return welcome;
  }

  /**
   * Asks.
   *
   * @return the result
   * @throws IllegalStateException if it is refused
   */
  public JsonNode ask(String operation, ObjectNode params) {
    ObjectNode request = JSON.createObjectNode().put("type", "request").put("id", ++asked);
    socket.sendText(request.put("op", operation).set("params", params).toString(), true);
    JsonNode reply = next("reply");
    if (!reply.get("ok").asBoolean()) {
      throw new IllegalStateException(operation + " " + params + " answered " + reply);
    }
    return reply.get("result");
  }

  /** Skips what is of another type; answers heartbeats. */
  private JsonNode next(String type) {
    while (true) {
      JsonNode frame = take();
      String found = frame.path("type").asText();
      if (found.equals(type)) {
        return frame;
      }
      if (found.equals("heartbeat")) {
        socket.sendText("{\"type\":\"heartbeat\"}", true);
      } else if (found.equals("error") || found.equals("resync_required")) {
        throw new IllegalStateException("In the place of " + type + ": " + frame);
      }
    }
  }

  private JsonNode take() {
    try {
      String text = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (text == null) {
        throw new IllegalStateException("No answer within " + PATIENCE_SECONDS + " s");
      }
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
