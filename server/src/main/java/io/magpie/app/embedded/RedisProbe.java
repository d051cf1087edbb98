package io.magpie.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a Redis whether it answers, with three lines of its protocol and no client. */
final class RedisProbe {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final String EXPECTED = "+OK\r\n+PONG\r\n";

  private RedisProbe() {}

  static boolean answers(int port, String password) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String question = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(EXPECTED.length());
      return EXPECTED.equals(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return false;
    }
  }
}
