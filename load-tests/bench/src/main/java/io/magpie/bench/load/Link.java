package io.magpie.bench.load;

import io.magpie.bench.wire.ClientFrames;
import io.magpie.bench.wire.FrameReader;
import io.magpie.bench.wire.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One client over all its connections: at most one at a time. What has been received is counted on
 * from one to the next.
 */
public final class Link implements Messages {
  private static final byte[] NONE = {};
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  /** Where the connection is. */
  enum State {
    CLOSED,
    CONNECTING,
    UPGRADING,
    OPEN,
    JOINED
  }

  private final Loop loop;
  private final Member member;
  private final int number;
  private FrameReader reader = new FrameReader();
  private SocketChannel channel;
  private SelectionKey key;
  private ByteBuffer waiting = EMPTY;
  private byte[] rest = NONE;
  private State state = State.CLOSED;
  private long started;
  private boolean again;

  /** How many deliveries were taken: the place in the order of the conversation. */
  int position;

  /** The place at which it has caught up after coming back. */
  int goal = -1;

  /** What the protocol wants to remember of this client, such as its cursor. */
  private Object memory = "";

  Link(Loop loop, Member member, int number) {
    this.loop = loop;
    this.member = member;
    this.number = number;
  }

  public Member member() {
    return member;
  }

  /** Numbered from 0. */
  public int number() {
    return number;
  }

  /** Deliveries that it took so far. */
  public int taken() {
    return position;
  }

  public Object memory() {
    return memory;
  }

  public void remember(Object value) {
    memory = value;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  long started() {
    return started;
  }

  SocketChannel channel() {
    return channel;
  }

  void begin(SocketChannel opened, SelectionKey registered, long nanos) {
    channel = opened;
    key = registered;
    started = again ? started : nanos;
    again = false;
    reader = new FrameReader();
    waiting = EMPTY;
    rest = NONE;
    state = State.CONNECTING;
  }

  byte[] rest() {
    return rest;
  }

  void rest(byte[] bytes) {
    rest = bytes;
  }

  FrameReader reader() {
    return reader;
  }

  /** Sends a text message. */
  public void text(byte[] payload) {
    ByteBuffer out = loop.out(payload.length + ClientFrames.OVERHEAD);
    ClientFrames.text(payload, loop.mask(), out);
    write(out.flip());
  }

  void write(ByteBuffer out) {
    try {
      if (!waiting.hasRemaining()) {
        channel.write(out);
      }
      if (out.hasRemaining()) {
        keep(out);
      }
    } catch (IOException e) {
      loop.lost(this, "write: " + e.getMessage());
    }
  }

  private void keep(ByteBuffer out) {
    ByteBuffer more = ByteBuffer.allocate(waiting.remaining() + out.remaining());
    more.put(waiting).put(out).flip();
    waiting = more;
    key.interestOpsOr(SelectionKey.OP_WRITE);
  }

  /** Bytes that the socket has not taken yet. */
  int waiting() {
    return waiting.remaining();
  }

  void flush() throws IOException {
    channel.write(waiting);
    if (!waiting.hasRemaining()) {
      waiting = EMPTY;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** Drops this connection; the next one is another try of the same. */
  void comeAgain() {
    again = true;
    drop();
  }

  /** Cuts the connection, without a word. */
  void drop() {
    state = State.CLOSED;
    if (channel != null) {
      loop.close(channel);
    }
  }

  @Override
  public void message(byte[] bytes, int from, int to) {
    loop.wire().message(this, bytes, from, to);
  }

  @Override
  public void ping(byte[] bytes, int from, int to) {
    ByteBuffer out = loop.out(to - from + ClientFrames.OVERHEAD);
    ClientFrames.pong(bytes, from, to, loop.mask(), out);
    write(out.flip());
  }

  @Override
  public void close(int code) {
    loop.lost(this, "closed with " + code);
  }
}
