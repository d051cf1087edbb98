package io.magpie.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain TCP that writes HTTP and WebSocket byte by byte, as a broken or hostile client does. Reads
 * nothing by itself.
 */
public final class RawSocket implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  public static RawSocket to(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return over(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over a socket that is open, for example one with TLS. */
  public static RawSocket over(Socket socket) {
    try {
      return new RawSocket(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A socket that receives little at a time, so that a peer notices soon that nobody reads. */
  public static RawSocket withSmallBuffer(int port) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4 * 1024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return over(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An open WebSocket, before hello. */
  public static RawSocket upgraded(int port) {
    return upgraded(to(port), port);
  }

  static RawSocket upgraded(RawSocket raw, int port) {
    int status = raw.send(upgradeRequest(port, "")).status();
    if (status != 101) {
      throw new AssertionError("upgrade answered with " + status);
    }
    return raw;
  }

  /**
   * An upgrade as a good client sends it.
   *
   * @param more header lines, each with its line end
   */
  public static String upgradeRequest(int port, String more) {
    return "GET /ws HTTP/1.1\r\nHost: localhost:"
        + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: magpie.v1\r\n"
        + more
        + "\r\n";
  }

  public RawSocket send(String latin1) {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawSocket send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what the peer may refuse to take by closing; whether it took all. */
  public boolean trySend(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A masked frame of these bytes. */
  public static byte[] frame(int opcode, boolean last, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
    bytes.write((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      bytes.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      bytes.write(0x80 | 126);
      bytes.write(payload.length >> 8);
      bytes.write(payload.length);
    } else {
      bytes.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.write((int) ((long) payload.length >> shift));
      }
    }
    bytes.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      bytes.write(payload[i] ^ MASK[i % 4]);
    }
    return bytes.toByteArray();
  }

  public RawSocket text(String text) {
    return send(frame(RawFrame.TEXT, true, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The status of the next HTTP answer, whose head is read. */
  public int status() {
    String head = head();
    return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ", 3)[1]);
  }

  /** Up to the empty line; empty if the peer closes before. */
  public String head() {
    StringBuilder head = new StringBuilder();
    try {
      socket.setSoTimeout(20_000);
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        head.append((char) next);
      }
    } catch (SocketException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return head.toString();
  }

  /** The body that follows this head, which says how long it is. */
  public String body(String head) {
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new AssertionError("no length: " + head);
    }
    try {
      return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame of the server; empty when the connection ended. */
  public Optional<RawFrame> read(Duration within) throws SocketTimeoutException {
    try {
      socket.setSoTimeout((int) within.toMillis());
      int first = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return Optional.of(new RawFrame(first & 0x0f, (first & 0x80) != 0, payload));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads on until the server ends the TCP connection, which it must do in time, and answers a
   * close frame with one.
   *
   * @return the code of its close frame; 0 where it ended without one
   */
  public int closedWithin(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    int code = 0;
    while (true) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("still open after " + within + ", close code so far " + code);
      }
      try {
        Optional<RawFrame> frame = read(Duration.ofMillis(left));
        if (frame.isEmpty()) {
          return code;
        }
        if (frame.get().opcode() == RawFrame.CLOSE) {
          code = frame.get().closeCode();
          trySend(frame(RawFrame.CLOSE, true, frame.get().payload()));
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("still open after " + within + ", close code " + code, e);
      }
    }
  }

  /** Everything until the server ends the connection, which it must do in time. */
  public String allUntilClosed(Duration within) {
    try {
      socket.setSoTimeout((int) within.toMillis());
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + within, e);
    } catch (SocketException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
