package io.magpie.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Where TCP ports on loopback come from. */
interface Ports {
  /** Ports that were free a moment ago; whoever binds one tries another when it no longer is. */
  Ports FREE =
      () -> {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
          return socket.getLocalPort();
        }
      };

  int pick() throws IOException;
}
