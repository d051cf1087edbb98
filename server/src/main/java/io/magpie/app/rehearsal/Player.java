package io.magpie.app.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A client that knows just enough of the protocol to keep a node busy: it asks, and counts the
 * messages that come. Blocking, on a bare socket, so that it costs little itself.
 */
final class Player implements Closeable {
  private static final String UPGRADE =
      """
      GET /ws HTTP/1.1\r
      Host: 127.0.0.1\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: cmVoZWFyc2FsLWtleS0xNg==\r
      Sec-WebSocket-Protocol: magpie.v1\r
      \r
      """;

  private static final byte[] MESSAGE = "\"message.sent\"".getBytes(US_ASCII);
  private static final byte[] WELCOME = "{\"type\":\"welcome\"".getBytes(US_ASCII);
  private static final byte[] EVENTS = "{\"type\":\"events\"".getBytes(US_ASCII);
  private static final byte[] REFUSED = "\"ok\":false".getBytes(US_ASCII);
  private static final byte[] ERROR = "{\"type\":\"error\"".getBytes(US_ASCII);

  private static final int TEXT = 0x81;

  private final Socket socket = new Socket();
  private final Limit limit;
  private byte[] bytes = new byte[16 * 1024];
  private int from;
  private int to;
  private int asked;
  private int messages;
  private boolean welcome;

  private Player(Limit limit) {
    this.limit = limit;
  }

  /** Connects and upgrades. */
  static Player at(int port, Limit limit) throws IOException {
    Player player = new Player(limit);
    try {
      player.connect(port);
      return player;
    } catch (IOException e) {
      player.close();
      throw e;
    }
  }

  private void connect(int port) throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Math.max(1, limit.leftMs()));
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(UPGRADE.getBytes(US_ASCII));
    int end = find("\r\n\r\n".getBytes(US_ASCII), from, to);
    while (end < 0) {
      read();
      end = find("\r\n\r\n".getBytes(US_ASCII), from, to);
    }
    if (find(" 101 ".getBytes(US_ASCII), from, end) < 0) {
      throw new IOException("the upgrade was refused");
    }
    from = end + 4;
  }

  /** Logs in and waits for the welcome. */
  void hello(String token) throws IOException {
    send("{\"type\":\"hello\",\"token\":\"" + token + "\",\"client\":\"rehearsal/1.0\"}");
    while (!welcome) {
      take();
    }
  }

  /** Asks for something; the answer is looked at when it comes along. */
  void ask(String operation, String params) throws IOException {
    send(
        "{\"type\":\"request\",\"id\":%d,\"op\":\"%s\",\"params\":%s}"
            .formatted(++asked, operation, params));
  }

  /** Waits until this many messages have come since the beginning. */
  void await(int count) throws IOException {
    while (messages < count) {
      take();
    }
  }

  private void send(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 8);
    frame.write(TEXT);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i & 3]);
    }
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** One frame, from the socket where it is not here yet. */
  private void take() throws IOException {
    need(2);
    int length = bytes[from + 1];
    int head = 2;
    if (length == 126) {
      need(4);
      length = ByteBuffer.wrap(bytes).getChar(from + 2);
      head = 4;
    } else if (length == 127) {
      need(10);
      length = (int) ByteBuffer.wrap(bytes).getLong(from + 2);
      head = 10;
    }
    need(head + length);
    if ((bytes[from] & 0xff) == TEXT) {
      text(from + head, from + head + length);
    }
    from += head + length;
  }

  private void text(int begin, int end) throws IOException {
    if (begins(EVENTS, begin, end)) {
      for (int at = find(MESSAGE, begin, end); at >= 0; at = find(MESSAGE, at + 1, end)) {
        messages++;
      }
    } else if (begins(WELCOME, begin, end)) {
      welcome = true;
    } else if (begins(ERROR, begin, end) || find(REFUSED, begin, Math.min(end, begin + 64)) >= 0) {
      throw new IOException("refused: " + new String(bytes, begin, end - begin, UTF_8));
    }
  }

  private void need(int count) throws IOException {
    while (to - from < count) {
      read();
    }
  }

  private void read() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    socket.setSoTimeout(Math.max(1, limit.leftMs()));
    int count = socket.getInputStream().read(bytes, to, bytes.length - to);
    if (count < 0) {
      throw new IOException("the connection was closed");
    }
    to += count;
  }

  private boolean begins(byte[] what, int begin, int end) {
    return Arrays.equals(bytes, begin, Math.min(end, begin + what.length), what, 0, what.length);
  }

  private int find(byte[] what, int begin, int end) {
    for (int i = begin; i <= end - what.length; i++) {
      if (bytes[i] == what[0] && begins(what, i, end)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
