package io.magpie.testkit.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** One way of one connection. Lives on the connection's event loop. */
final class ProxyPipe {
  /** Bytes that may wait here; then the sender is left unread. */
  private static final int MOST_HELD = 1 << 20;

  private final Channel from;
  private final Channel to;
  private final ProxyCounts counts;
  private final Runnable finished;
  private final Deque<Held> held = new ArrayDeque<>();
  private ProxyRule rule;
  private long heldBytes;
  private long lastDue = System.nanoTime();
  private boolean ended;
  private boolean done;
  private boolean lossy;

  private record Held(long due, ByteBuf bytes) {}

  /**
   * @param finished called once when the end of this way was passed on
   */
  ProxyPipe(Channel from, Channel to, ProxyRule rule, ProxyCounts counts, Runnable finished) {
    this.from = from;
    this.to = to;
    this.rule = rule;
    this.counts = counts;
    this.finished = finished;
  }

  void rule(ProxyRule next) {
    if (next.stall() && !rule.stall()) {
      counts.stalled.increment();
    }
    rule = next;
    flow();
  }

  ProxyRule rule() {
    return rule;
  }

  /** Whether bytes or the end of this way vanished, so that it can never be whole again. */
  boolean lossy() {
    return lossy;
  }

  boolean done() {
    return done;
  }

  /** Takes over {@code bytes}. */
  void take(ByteBuf bytes) {
    if (rule.swallow()) {
      swallow(bytes);
    } else if (held.isEmpty() && !rule.slow()) {
      pass(bytes);
    } else {
      hold(bytes);
    }
    flow();
  }

  void swallow(ByteBuf bytes) {
    counts.swallowed.add(bytes.readableBytes());
    lossy = true;
    bytes.release();
  }

  private void pass(ByteBuf bytes) {
    counts.passed.add(bytes.readableBytes());
    to.writeAndFlush(bytes);
  }

  private void hold(ByteBuf bytes) {
    int size = bytes.readableBytes();
    counts.delayed.add(size);
    lastDue = rule.due(System.nanoTime(), lastDue, size);
    heldBytes += size;
    held.add(new Held(lastDue, bytes));
    if (held.size() == 1) {
      wake();
    }
  }

  private void wake() {
    long wait = Math.max(0, held.peek().due() - System.nanoTime());
    from.eventLoop().schedule(this::release, wait, TimeUnit.NANOSECONDS);
  }

  private void release() {
    while (!held.isEmpty() && held.peek().due() <= System.nanoTime()) {
      ByteBuf bytes = held.poll().bytes();
      heldBytes -= bytes.readableBytes();
      if (rule.swallow()) {
        swallow(bytes);
      } else {
        pass(bytes);
      }
    }
    if (!held.isEmpty()) {
      wake();
    } else if (ended) {
      finish();
    }
    flow();
  }

  /** The sender has said that nothing more comes. */
  void end() {
    ended = true;
    if (rule.swallow()) {
      lossy = true;
    } else if (held.isEmpty()) {
      finish();
    }
  }

  private void finish() {
    if (done || rule.swallow()) {
      return;
    }
    done = true;
    if (to instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    finished.run();
  }

  /** Reads on or lets the sender wait. */
  void flow() {
    from.config().setAutoRead(!rule.stall() && to.isWritable() && heldBytes < MOST_HELD);
  }

  void drop() {
    held.forEach(waiting -> waiting.bytes().release());
    held.clear();
    heldBytes = 0;
  }
}
