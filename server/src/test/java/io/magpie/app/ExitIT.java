package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.Main;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** F05: a whole server, told to stop by SIGTERM while people send. */
class ExitIT {
  private static final int CLIENTS = 20;
  private static final int SENDS = 30;
  private static final Pattern URL = Pattern.compile("Web app +http://localhost:(\\d+)");

  /** A server process, and the port that it printed. */
  private record Served(Process process, int port) {
    static Served start(TestServer like) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName());
      Map<String, String> environment = new HashMap<>(TestServer.environment(like.endpoints()));
      builder.environment().keySet().removeIf(key -> key.startsWith("MAGPIE_"));
      builder.environment().putAll(environment);
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher matcher = URL.matcher(line);
        if (matcher.find()) {
          return new Served(process, Integer.parseInt(matcher.group(1)));
        }
      }
      throw new AssertionError("the server did not start");
    }
  }

  @Test
  void sigterm_sends_everybody_away_answers_what_is_open_and_exits_with_0() throws Exception {
    TestServer first = TestServer.start();
    List<TestUser> people = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      people.add(first.user("人"));
    }
    UUID group = first.group(people.get(0), people.subList(1, CLIENTS).toArray(TestUser[]::new));
    first.close();
    Served served = Served.start(first);
    try {
      List<TestClient> clients = new ArrayList<>();
      for (TestUser user : people) {
        clients.add(TestClient.over(RawSocket.upgraded(served.port())).hello(user));
      }
      List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
      for (TestClient client : clients) {
        for (int i = 0; i < SENDS; i++) {
          sends.add(client.say(group, UUID.randomUUID(), "on the way"));
        }
      }
      long told = System.nanoTime();
      served.process().destroy();
      for (TestClient client : clients) {
        JsonNode goAway = client.await("go_away", f -> TestClient.type(f).equals("go_away"));
        assertThat(goAway.get("retryAfterMs").longValue()).isLessThan(1_000);
        assertThat(client.closed(Duration.ofSeconds(10))).isEqualTo(1012);
        client.close();
      }
      assertThat(served.process().waitFor(15, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(System.nanoTime() - told).isLessThan(Duration.ofSeconds(15).toNanos());
      assertThat(served.process().exitValue()).isZero();
      assertStored(first, group, sends);
    } finally {
      served.process().destroyForcibly();
    }
  }

  /**
   * What was stored was answered, and the reverse. Who has no answer was not read any more before
   * the close: the client repeats it elsewhere.
   */
  private static void assertStored(
      TestServer server, UUID group, List<CompletableFuture<JsonNode>> sends) {
    Deadline.await("all sends are over", () -> sends.stream().allMatch(CompletableFuture::isDone));
    long stored = 0;
    for (CompletableFuture<JsonNode> send : sends) {
      JsonNode reply = send.exceptionally(closed -> Json.object().put("ok", false)).join();
      if (reply.get("ok").booleanValue()) {
        stored++;
      } else if (reply.has("error")) {
        assertThat(reply.at("/error/code").textValue()).isEqualTo("shutting_down");
      }
    }
    assertThat(stored).isPositive();
    assertThat(
            server.sql("select count(*) from event where stream_id = '" + group + "' and seq > 1"))
        .isEqualTo(String.valueOf(stored));
  }
}
