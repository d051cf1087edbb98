package io.magpie.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Wire;
import io.magpie.bench.wire.Bytes;
import io.magpie.bench.wire.Markers;

/**
 * Engine.IO 4 over WebSocket with Socket.IO 5 on it: a digit for the kind of packet (0 open, 2
 * ping, 3 pong, 4 message), for messages another one (0 connect, 2 event, 3 ack), then the number
 * of an acknowledgement and JSON. Joining is acknowledged with 0, message n with n + 1.
 */
record SocketIoWire(Ledger ledger, Markers markers) implements Wire {
  private static final byte[] CONNECT = {'4', '0'};
  private static final byte[] PONG = {'3'};

  @Override
  public byte[] upgrade(Link link) {
    String path = "/socket.io/?EIO=4&transport=websocket";
    return Upgrade.request(link.member().port(), path, "").getBytes(US_ASCII);
  }

  @Override
  public void opened(Link link) {
    // The server speaks first.
  }

  @Override
  public void message(Link link, byte[] bytes, int from, int to) {
    switch (bytes[from]) {
      case '0' -> link.text(CONNECT);
      case '2' -> link.text(PONG);
      case '4' -> packet(link, bytes, from + 1, to);
      default -> ledger.problem("engine packet " + (char) bytes[from]);
    }
  }

  private void packet(Link link, byte[] bytes, int from, int to) {
    switch (bytes[from]) {
      case '0' -> link.text(("420[\"join\",\"" + link.member().room() + "\"]").getBytes(US_ASCII));
      case '2' -> markers.find(bytes, from, to, id -> ledger.delivered(link, id));
      case '3' -> acked(link, Bytes.number(bytes, from + 1, to));
      default -> ledger.problem("packet " + (char) bytes[from]);
    }
  }

  private void acked(Link link, int number) {
    if (number == 0) {
      ledger.joined(link);
    } else {
      ledger.acked(number - 1);
    }
  }

  @Override
  public void send(Link link, int id) {
    String body = new String(markers.body(id), US_ASCII);
    link.text(
        "42%d[\"send\",\"%s\",\"%s\"]"
            .formatted(id + 1, link.member().room(), body)
            .getBytes(US_ASCII));
  }
}
