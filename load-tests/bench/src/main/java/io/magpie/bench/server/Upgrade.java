package io.magpie.bench.server;

/** The request with which HTTP becomes a WebSocket. */
final class Upgrade {
  private Upgrade() {}

  /**
   * The whole request.
   *
   * @param subprotocol empty for none
   */
  static String request(int port, String path, String subprotocol) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bWFncGllIGJlbmNobWFyaw==\r\n"
        + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
        + "\r\n";
  }
}
