package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TCP connections that never become anything cannot take all file descriptors of a node. */
class PlainConnectionsIT {
  private static final int MOST = 10;

  @Test
  void only_so_many_are_held_and_websockets_are_none_of_them() throws IOException {
    try (TestServer server = TestServer.start("PLAIN_CONNECTIONS", String.valueOf(MOST))) {
      TestClient before = server.client(server.user("伟"));
      Deadline.await(
          "kept connections of HTTP are counted",
          () -> server.metric("magpie_http_connections") > 0);
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < MOST * 3; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      Deadline.await(
          "the others are closed",
          () -> idle.stream().filter(PlainConnectionsIT::ended).count() >= MOST * 2);
      assertThat(server.metric("magpie_http_connections")).isLessThanOrEqualTo(MOST);
      before.ask("profile.get", "{}");
      for (Socket socket : idle) {
        socket.close();
      }
      Deadline.await(
          "places are free again", () -> server.metric("magpie_http_connections") < MOST);
      assertThat(
              RawSocket.to(server.port())
                  .send(RawSocket.upgradeRequest(server.port(), ""))
                  .status())
          .isEqualTo(101);
      before.close();
    }
  }

  private static boolean ended(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
