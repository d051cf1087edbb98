package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.magpie.protocol.Json;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What is secret never reaches a log, even at the level of a debugger (S-A05; the rule).
 */
class LogsIT {

  @Test
  void S_A05_neither_tokens_nor_passwords_nor_keys_are_logged() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("io.magpie");
    Logger security = (Logger) LoggerFactory.getLogger("magpie.security");
    Level securityLevel = security.getLevel();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.addAppender(lines);
    ours.setLevel(Level.TRACE);
    security.setLevel(Level.TRACE);
    List<String> secrets = new ArrayList<>();
    try (TestServer server = TestServer.start()) {
      live(server, secrets);
    } finally {
      root.detachAppender(lines);
      ours.setLevel(null);
      security.setLevel(securityLevel);
    }
    assertThat(lines.list).anyMatch(e -> e.getLoggerName().equals("magpie.security"));
    assertThat(lines.list)
        .allSatisfy(
            line -> {
              String text =
                  line.getFormattedMessage()
                      + line.getKeyValuePairs()
                      + (line.getThrowableProxy() == null
                          ? ""
                          : line.getThrowableProxy().getMessage());
              assertThat(secrets).noneMatch(text::contains);
            });
  }

  private static void live(TestServer server, List<String> secrets) {
    TestUser wei = server.member("wei");
    secrets.add(wei.token());
    secrets.add(wei.token().split("\\.")[2]);
    secrets.add(TestServer.PASSWORD);
    secrets.add("a test secret that is long enough");
    secrets.add("wrong-password-of-somebody");
    server
        .http()
        .send(
            "POST",
            "/sessions",
            null,
            Json.object()
                .put("username", "wei")
                .put("password", "wrong-password-of-somebody")
                .toString());
    String key =
        server.http().post(server.admin(), "/apps", "{'name':'logs'}").ok().get("key").textValue();
    secrets.add(key);
    server.http().send("GET", "/me", key, null);
    server.http().send("GET", "/me?access_token=" + wei.token(), null, null);
    try (RawSocket socket = RawSocket.to(server.port())) {
      String asked = RawSocket.upgradeRequest(server.port(), "");
      socket.send(asked.replace("/ws", "/ws?access_token=" + wei.token())).status();
    }
    try (TestClient client = server.client(wei)) {
      client.text("{\"type\":\"hello\",\"token\":\"" + wei.token() + "\",\"x\":1}");
      client.refusal(
          "password.change", "{'current':'wrong-password-of-somebody','new':'12345678'}");
    }
    try (TestClient client = TestClient.connect(server)) {
      client.text("{\"type\":\"hello\",\"token\":\"" + key + "\"}");
      client.closed(Duration.ofSeconds(5));
    }
  }
}
