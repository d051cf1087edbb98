package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Bystander;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** S-D10: whoever speaks too slowly is ended, however many they are. */
class SlowClientsIT {
  private static final Duration LIMIT = Duration.ofSeconds(16);

  @Test
  void S_D10_slow_heads_and_slow_bodies_are_ended_while_others_work() {
    try (TestServer server = TestServer.start();
        Bystander bystander = new Bystander(server)) {
      List<RawSocket> heads = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        heads.add(RawSocket.to(server.port()).send("GET /api/v1/server HTTP/1.1\r\nHost: l\r\nX"));
      }
      List<RawSocket> bodies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        bodies.add(
            RawSocket.to(server.port())
                .send(
                    "POST /api/v1/sessions HTTP/1.1\r\nHost: l\r\nContent-Type: application/json"
                        + "\r\nContent-Length: 1000\r\n\r\n{"));
      }
      RawSocket silent = RawSocket.to(server.port());
      long begun = System.nanoTime();
      trickle(heads, bodies, begun);
      bystander.assertUndisturbed();
      for (RawSocket socket : heads) {
        socket.allUntilClosed(Duration.ofSeconds(1));
      }
      for (RawSocket socket : bodies) {
        socket.allUntilClosed(Duration.ofSeconds(1));
      }
      assertThat(silent.allUntilClosed(Duration.ofSeconds(1))).isEmpty();
    }
  }

  /** One byte now and then, for as long as the server may take to end them. */
  private static void trickle(List<RawSocket> heads, List<RawSocket> bodies, long begun) {
    while (System.nanoTime() - begun < LIMIT.toNanos()) {
      heads.forEach(socket -> socket.trySend(new byte[] {'x'}));
      bodies.forEach(socket -> socket.trySend(new byte[] {' '}));
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }
}
