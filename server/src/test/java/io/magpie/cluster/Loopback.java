package io.magpie.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ports of cluster members on this machine. */
final class Loopback {
  private Loopback() {}

  /** Different ports that nobody uses at the moment. */
  static List<Integer> ports(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : open) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClusterSettings settings(int port, int busPort, String... members) {
    return new ClusterSettings(
        "test",
        "127.0.0.1",
        false,
        port,
        busPort,
        List.of(members),
        Optional.empty(),
        Optional.empty());
  }
}
