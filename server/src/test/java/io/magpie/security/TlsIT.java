package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.SelfSigned;
import io.magpie.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S-L07: with a certificate the server speaks modern TLS and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  @TempDir static Path directory;

  private SelfSigned certificate;
  private TestServer server;

  @BeforeAll
  void start() {
    certificate = SelfSigned.in(directory, "first");
    server =
        TestServer.start(
            "TLS_CERTIFICATE",
            certificate.certificate().toString(),
            "TLS_KEY",
            certificate.key().toString());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private SSLSocket connect(String protocol) throws IOException {
    SSLSocket socket = certificate.connect(server.port());
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void modern_versions_are_spoken_over_wss_and_https(String protocol) throws Exception {
    try (SSLSocket socket = connect(protocol);
        RawSocket raw = RawSocket.over(socket)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      raw.send("GET /api/v1/server HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(raw.head())
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("strict-transport-security: max-age=31536000");
    }
    try (SSLSocket socket = connect(protocol);
        RawSocket raw = RawSocket.over(socket)) {
      assertThat(raw.send(RawSocket.upgradeRequest(server.port(), "")).status()).isEqualTo(101);
      raw.text(Json.object().put("type", "hello").put("token", "x").toString());
      assertThat(raw.closedWithin(Duration.ofSeconds(5))).isEqualTo(4401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void S_L07_old_versions_are_refused(String protocol) throws Exception {
    SelfSigned.allowOldProtocols();
    try (SSLSocket socket = connect(protocol)) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
      })
  void S_L07_weak_suites_are_refused(String suite) throws Exception {
    try (SSLSocket socket = connect("TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void S_L07_plain_http_and_ws_get_no_answer_on_the_tls_port() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.trySend(RawSocket.upgradeRequest(server.port(), "").getBytes());
      assertThat(socket.allUntilClosed(Duration.ofSeconds(5))).doesNotContain("HTTP/1.1 ");
    }
  }

  @Test
  void S_D10_a_handshake_that_is_never_finished_is_ended() {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.send(new byte[] {0x16, 3, 1, 2, 0, 1});
      socket.allUntilClosed(Duration.ofSeconds(15));
    }
  }

  @Test
  void the_certificate_is_read_again_when_its_files_change() throws Exception {
    SelfSigned second = SelfSigned.in(directory, "second");
    try (SSLSocket old = connect("TLSv1.3");
        RawSocket raw = RawSocket.over(old)) {
      assertThat(certificate.name(old)).isEqualTo("CN=first");
      second.replace(certificate);
      Deadline.await(
          "new connections see the new certificate",
          Duration.ofSeconds(15),
          () -> second.presentedBy(server.port()));
      raw.send("GET /api/v1/server HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(raw.head()).as("the open connection works on").startsWith("HTTP/1.1 200");
    }
  }
}
