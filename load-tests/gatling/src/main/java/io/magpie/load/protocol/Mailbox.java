package io.magpie.load.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatling.javaapi.core.Session;
import java.util.Map;

/**
 * What one virtual user knows of its connection; lives in the session and is touched on the user's
 * event loop only.
 */
public final class Mailbox {
  /** Session attribute. */
  public static final String KEY = "mailbox";

  /** Value of {@link #refusal()} when there is none. */
  public static final String NONE = "none";

  static final ObjectMapper JSON = new ObjectMapper();

  private final Cursors cursors = new Cursors();
  private final Arrivals arrivals = new Arrivals(cursors);
  private String epoch = "";
  private long lastId;
  private boolean helloOpen;
  private boolean connected;
  private JsonNode answer = MissingNode.getInstance();
  private String refusal = NONE;
  private long retryAfterMs;

  public static Mailbox of(Session session) {
    return session.get(KEY);
  }

  /** The first frame of a connection, with the cursors of the one before. */
  String hello(String token, long now) {
    ObjectNode hello = JSON.createObjectNode();
    hello.put("type", "hello").put("token", token).put("client", "gatling");
    arrivals.connecting(now, !cursors.isEmpty());
    if (!cursors.isEmpty()) {
      hello.put("epoch", epoch);
      cursors.write(hello.putObject("cursors"));
    }
    helloOpen = true;
    return hello.toString();
  }

  /** A request; its answer is the one that {@link #answers} waits for. */
  String request(String op, Map<String, ?> params) {
    helloOpen = false;
    refusal = NONE;
    ObjectNode request = JSON.createObjectNode();
    request.put("type", "request").put("id", ++lastId).put("op", op);
    request.set("params", JSON.valueToTree(params));
    return request.toString();
  }

  /** Whether this frame is the awaited answer; any other is taken in. */
  boolean answers(String text, long at, Log log) {
    JsonNode frame = parsed(text);
    String type = frame.path("type").asText();
    if (type.equals("reply") && frame.path("id").asLong() == lastId && !helloOpen) {
      answer = frame.path("result");
      refused(frame.path("error"));
      return true;
    }
    if (helloOpen && (type.equals("welcome") || type.equals("error"))) {
      helloOpen = false;
      connected = type.equals("welcome");
      if (connected) {
        epoch = frame.path("epoch").asText();
      }
      refused(frame.path("error"));
      arrivals.streams(frame);
      return true;
    }
    arrivals.take(frame, at, log);
    return false;
  }

  /** A frame that came while nothing was awaited. */
  void take(String text, long at, Log log) {
    arrivals.take(parsed(text), at, log);
  }

  private void refused(JsonNode error) {
    refusal = error.path("code").asText(NONE);
    retryAfterMs = error.path("retryAfterMs").asLong(1000);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The server sent no JSON: " + text, e);
    }
  }

  void disconnected() {
    connected = false;
    arrivals.disconnected();
  }

  /** Whether {@code welcome} has come. */
  public boolean connected() {
    return connected;
  }

  /** The result of the last request. */
  public JsonNode answer() {
    return answer;
  }

  /** The code with which the last request was refused, or {@link #NONE}. */
  public String refusal() {
    return refusal;
  }

  /** Whether the server has said that this connection ends. */
  public boolean cut() {
    return arrivals.cut();
  }

  long retryAfterMs() {
    return retryAfterMs;
  }

  /** Presence signals of earlier statuses are news no more. */
  public void watching() {
    arrivals.watching(System.currentTimeMillis());
  }

  /** The last number of a stream. */
  public long cursor(String stream) {
    return cursors.at(stream);
  }

  Cursors cursors() {
    return cursors;
  }

  Arrivals arrivals() {
    return arrivals;
  }
}
