package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.Bystander;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A server, somebody who attacks it while logged in, and somebody who must not notice. */
final class AttackedServer implements AutoCloseable {
  private final TestServer server;
  private final TestUser attacker;
  private final Bystander bystander;

  AttackedServer(String... settings) {
    server = TestServer.start(settings);
    attacker = server.user("坏");
    bystander = new Bystander(server);
  }

  int port() {
    return server.port();
  }

  /** A connection of the attacker after its welcome. */
  RawSocket live() {
    return live(RawSocket.to(port()));
  }

  /** The same on a socket that is connected and has said nothing. */
  RawSocket live(RawSocket socket) {
    socket.send(RawSocket.upgradeRequest(port(), ""));
    assertThat(socket.status()).isEqualTo(101);
    socket.text(Json.object().put("type", "hello").put("token", attacker.token()).toString());
    try {
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("welcome");
    } catch (SocketTimeoutException e) {
      throw new AssertionError(e);
    }
    return socket;
  }

  void assertUndisturbed() {
    bystander.assertUndisturbed();
  }

  @Override
  public void close() {
    bystander.close();
    server.close();
  }
}
