package io.magpie.bench.load;

import io.magpie.bench.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * All connections of the generator, on the thread that calls. One buffer takes every read and one
 * every write; a connection holds bytes of its own only between the halves of a frame. Not
 * thread-safe.
 */
public final class Loop implements AutoCloseable {
  private static final int READ_BYTES = 256 * 1024;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SWITCHING = "HTTP/1.1 101".getBytes(StandardCharsets.US_ASCII);

  /** A selector waits whole milliseconds; shorter than that the thread naps. */
  private static final long NAP_NANOS = 50_000;

  private final Selector selector;
  private final Ledger ledger;
  private final Wire wire;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private byte[] bytes = new byte[2 * READ_BYTES];
  private ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
  private int mask = 0x5a3c_96e1;

  public Loop(Wire wire, Ledger ledger) {
    this.wire = wire;
    this.ledger = ledger;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Wire wire() {
    return wire;
  }

  /** The shared buffer for writing, empty. */
  ByteBuffer out(int least) {
    if (out.capacity() < least) {
      out = ByteBuffer.allocateDirect(2 * least);
    }
    return out.clear();
  }

  /** Another one for each frame. */
  int mask() {
    mask = mask * 1_664_525 + 1_013_904_223;
    return mask;
  }

  /** Starts to connect. */
  void connect(Link link) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, link);
      link.begin(channel, key, System.nanoTime());
      if (channel.connect(new InetSocketAddress("127.0.0.1", link.member().port()))) {
        connected(link, key);
      }
    } catch (IOException e) {
      lost(link, "connect: " + e.getMessage());
    }
  }

  /**
   * Does what is ready, after waiting for it.
   *
   * @param nanos the longest wait; less than one lets none
   */
  void turn(long nanos) {
    try {
      if (nanos >= 2_000_000) {
        selector.select(this::ready, nanos / 1_000_000 - 1);
      } else if (selector.selectNow(this::ready) == 0 && nanos > NAP_NANOS) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    Link link = (Link) key.attachment();
    try {
      if (key.isConnectable()) {
        link.channel().finishConnect();
        connected(link, key);
        return;
      }
      if (key.isWritable()) {
        link.flush();
      }
      if (key.isReadable()) {
        read(link);
      }
    } catch (IOException | RuntimeException e) {
      lost(link, e.toString());
    }
  }

  private void connected(Link link, SelectionKey key) {
    key.interestOps(SelectionKey.OP_READ);
    link.state(Link.State.UPGRADING);
    link.write(ByteBuffer.wrap(wire.upgrade(link)));
  }

  private void read(Link link) throws IOException {
    in.clear();
    if (link.channel().read(in) < 0) {
      lost(link, "closed without a word");
      return;
    }
    ledger.at(System.nanoTime());
    byte[] rest = link.rest();
    int to = rest.length + in.flip().remaining();
    if (bytes.length < to) {
      bytes = new byte[2 * to];
    }
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    in.get(bytes, rest.length, in.remaining());
    int used = take(link, to);
    if (used < to || rest.length > 0) {
      link.rest(used < to ? Arrays.copyOfRange(bytes, used, to) : new byte[0]);
    }
  }

  private int take(Link link, int to) {
    int from = 0;
    if (link.state() == Link.State.UPGRADING) {
      int end = Bytes.find(bytes, 0, to, END_OF_HEAD);
      if (end < 0) {
        return 0;
      }
      if (!Bytes.at(bytes, 0, to, SWITCHING)) {
        lost(link, "upgrade: " + new String(bytes, 0, 12, StandardCharsets.US_ASCII));
        return to;
      }
      link.state(Link.State.OPEN);
      wire.opened(link);
      from = end + END_OF_HEAD.length;
    }
    return link.reader().read(bytes, from, to, link);
  }

  /** The connection is gone, and nobody here wanted that. */
  void lost(Link link, String why) {
    if (link.state() != Link.State.CLOSED) {
      ledger.lost(link, why);
      link.drop();
    }
  }

  void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      ledger.problem("close: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        ((Link) key.attachment()).drop();
      }
      selector.selectNow();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
