package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Role;
import io.magpie.contract.Transcript.Heard;
import io.magpie.contract.Transcript.Step;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/protocol.md is true: the clients' lines of its transcript are played against a real server,
 * and what comes back is what the document says, no more and no less.
 */
class ProtocolTranscriptIT {
  private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Ear> ears = new HashMap<>();
  private final List<Heard> expected = new ArrayList<>();
  private final Map<String, Long> order = new HashMap<>();
  private Bindings bindings = new Bindings();
  private TestServer server;

  /** Somebody's connection, and how much of what came was looked at. */
  private static final class Ear {
    private final TestClient client;
    private int looked;
    private boolean closeHeard;

    Ear(TestClient client) {
      this.client = client;
    }
  }

  @BeforeEach
  void open() {
    server = TestServer.start("FRAMES_PER_SECOND", "20", "FRAMES_BURST", "60");
    bindings.with("password", TestServer.PASSWORD);
    server.make("wei", Role.EMPLOYEE);
    server.make("na", Role.EMPLOYEE);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void conversation_of_the_document_goes_as_it_says() {
    List<Step> steps = Transcript.read(DOCUMENT);
    assertThat(steps).hasSizeGreaterThan(20);
    for (Step step : steps) {
      expected.addAll(step.heard());
      act(step.who(), step.act());
      Deadline.await("what follows " + step.act() + ": " + expected, PATIENCE, this::allHeard);
    }
    ears.values().forEach(ear -> ear.client.close());
  }

  private void act(String who, String act) {
    switch (act.split(" ")[0]) {
      case "CONNECT" -> {
        ears.put(who, new Ear(TestClient.connect(server)));
        order.keySet().removeIf(key -> key.startsWith(who));
      }
      case "DROP" -> ears.remove(who).client.close();
      case "CLOSE" -> goodbye(ears.get(who).client);
      case "GET", "POST", "PUT", "PATCH", "DELETE" -> http(who, act.split(" ", 3));
      default -> frame(ears.get(who).client, Json.readOwn(bindings.fill(act)));
    }
  }

  private static void goodbye(TestClient client) {
    byte[] normal = {0x03, (byte) 0xE8};
    client.socket().trySend(RawSocket.frame(RawFrame.CLOSE, true, normal));
  }

  private void frame(TestClient client, ObjectNode frame) {
    if (!frame.get("type").textValue().equals("request")) {
      client.send(frame);
      return;
    }
    // The client counts its requests itself; the reply's number in the document says the same.
    client.start(frame.get("op").textValue(), (ObjectNode) frame.get("params"));
  }

  private void http(String who, String[] words) {
    String token = words.length == 3 ? null : bindings.text(who + "Token");
    String body = words.length == 3 ? bindings.fill(words[2]) : null;
    TestHttp.Answer answer =
        server.http().send(words[0], words[1].replace("/api/v1", ""), token, body);
    hear(who, Transcript.answer(answer.status(), answer.body()));
  }

  private boolean allHeard() {
    ears.forEach(this::listen);
    return expected.isEmpty();
  }

  private void listen(String who, Ear ear) {
    boolean ended = ear.client.ended();
    List<JsonNode> frames = ear.client.frames();
    for (; ear.looked < frames.size(); ear.looked++) {
      Transcript.parts(frames.get(ear.looked)).forEach(part -> hear(who, part));
    }
    if (ended && !ear.closeHeard) {
      ear.closeHeard = true;
      hear(who, Transcript.close(ear.client.closed(PATIENCE)));
    }
  }

  private void hear(String who, JsonNode part) {
    for (Heard one : expected) {
      Optional<Bindings> match =
          one.who().equals(who) ? bindings.match(one.what(), part) : Optional.empty();
      if (match.isPresent()) {
        expected.remove(one);
        bindings = match.get();
        inOrder(who, part);
        return;
      }
    }
    throw new AssertionError(who + " heard " + part + " but the document has " + expected);
  }

  private void inOrder(String who, JsonNode part) {
    if (part.has("seq")) {
      Long before = order.put(who + part.get("stream"), part.get("seq").longValue());
      assertThat(before == null || before < part.get("seq").longValue())
          .as("order of events")
          .isTrue();
    }
  }
}
