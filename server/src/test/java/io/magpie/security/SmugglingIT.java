package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Bystander;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests about whose end two parties could disagree (S-I21) are refused, and the door closed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingIT {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String POST = "POST /api/v1/sessions HTTP/1.1\r\n" + HOST + JSON;
  private static final String SECOND = "GET /api/v1/server HTTP/1.1\r\n" + HOST + "\r\n";

  private TestServer server;
  private Bystander bystander;

  @BeforeAll
  void start() {
    server = TestServer.start();
    bystander = new Bystander(server);
  }

  @AfterAll
  void stop() {
    bystander.assertUndisturbed();
    bystander.close();
    server.close();
  }

  static Stream<Arguments> ambiguous() {
    String chunk = "0\r\n\r\n" + SECOND;
    return Stream.of(
        Arguments.of(
            "length and chunks",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk),
        Arguments.of(
            "chunks and length",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunk),
        Arguments.of(
            "two lengths", POST + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + SECOND),
        Arguments.of(
            "two equal lengths",
            POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + SECOND),
        Arguments.of("a list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}" + SECOND),
        Arguments.of("a length with a sign", POST + "Content-Length: +2\r\n\r\n{}" + SECOND),
        Arguments.of("a negative length", POST + "Content-Length: -2\r\n\r\n{}" + SECOND),
        Arguments.of("a length in hex", POST + "Content-Length: 0x2\r\n\r\n{}" + SECOND),
        Arguments.of("xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n" + chunk),
        Arguments.of("chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n" + chunk),
        Arguments.of("identity", POST + "Transfer-Encoding: identity\r\n\r\n" + SECOND),
        Arguments.of(
            "chunked, then identity",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunk),
        Arguments.of(
            "a blank before the colon", POST + "Transfer-Encoding : chunked\r\n\r\n" + chunk),
        Arguments.of(
            "a bare line feed",
            "POST /api/v1/sessions HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{}" + SECOND),
        Arguments.of(
            "a bare line feed between headers",
            "POST /api/v1/sessions HTTP/1.1\r\n"
                + HOST
                + "X: y\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk),
        Arguments.of(
            "a bare carriage return in a header",
            POST + "X: y\rTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}" + SECOND),
        Arguments.of(
            "a folded header",
            POST + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n\r\n{}" + SECOND),
        Arguments.of(
            "chunks in HTTP/1.0",
            POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n" + chunk),
        Arguments.of("two hosts", "GET /api/v1/server HTTP/1.1\r\n" + HOST + "Host: evil\r\n\r\n"),
        Arguments.of("no host", "GET /api/v1/server HTTP/1.1\r\n\r\n"),
        Arguments.of("no HTTP at all", "\u0000\u0001\u0002\u0003 rubbish\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void S_I21_an_ambiguous_request_is_answered_once_with_400_and_closed(String what, String text) {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend(text.getBytes(StandardCharsets.ISO_8859_1));
      String answers = socket.allUntilClosed(Duration.ofSeconds(5));
      assertThat(answers).as(what).containsPattern("^HTTP/1\\.[01] 400").doesNotContain(" 200 ");
      assertThat(answers.split("HTTP/1\\.[01] ", -1)).as(answers).hasSize(2);
    }
  }

  @Test
  void S_I21_a_chunk_size_that_is_no_number_ends_the_connection() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend((POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" + SECOND).getBytes());
      assertThat(socket.allUntilClosed(Duration.ofSeconds(5))).doesNotContain(" 200 ");
    }
  }

  @Test
  void S_D18_an_upgrade_to_http2_gets_a_plain_answer() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.send(
          "GET /api/v1/server HTTP/1.1\r\n"
              + HOST
              + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
              + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
      assertThat(socket.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void S_D18_the_preface_of_http2_is_refused() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes());
      assertThat(socket.allUntilClosed(Duration.ofSeconds(5))).doesNotContain(" 200");
    }
  }

  @Test
  void heads_that_are_too_long_are_refused() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend(("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n").getBytes());
      assertThat(socket.allUntilClosed(Duration.ofSeconds(5))).containsPattern("^HTTP/1\\.[01] 4");
    }
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend(
          ("GET /api/v1/server HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(17_000) + "\r\n\r\n")
              .getBytes());
      assertThat(socket.allUntilClosed(Duration.ofSeconds(5))).containsPattern("^HTTP/1\\.[01] 4");
    }
  }
}
