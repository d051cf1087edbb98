package io.magpie.gateway;

import io.magpie.fanout.Signal;
import io.magpie.stream.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for one connection, bounded. Everything that has come since the last flush leaves
 * together: events share frames, and frames of the same events are shared with other connections; a
 * signal replaces an older one of its kind.
 */
final class Outbound {
  /** Nothing is added to what is written together once this is reached. */
  private static final int FRAME_BYTES = 48 * 1024;

  /** Signals that wait at most. */
  private static final int MAX_SIGNALS = 500;

  /** Longer lists are not kept for the next time. */
  private static final int KEPT_ITEMS = 64;

  private final Wire wire;
  private final GatewayLimits limits;
  private final AtomicLong total;
  private final EventFrames frames;
  private List<Object> items = new ArrayList<>(4);
  private Map<Signal.Key, Signal> signals = Map.of();
  private long bytes;
  private long counted;
  private long blockedSince;

  /**
   * @param total bytes that wait for all connections of the node, after a flush
   */
  Outbound(Wire wire, GatewayLimits limits, AtomicLong total, EventFrames frames) {
    this.wire = wire;
    this.limits = limits;
    this.total = total;
    this.frames = frames;
  }

  /** A whole message, as UTF-8. */
  void frame(byte[] utf8) {
    items.add(utf8);
    bytes += utf8.length;
  }

  void event(Event event) {
    items.add(event);
    bytes += event.utf8().length;
  }

  /** Replaces an older one of its kind; beyond {@link #MAX_SIGNALS} the oldest is dropped. */
  void signal(Signal signal) {
    if (signals.isEmpty()) {
      signals = new LinkedHashMap<>();
    }
    signals.put(signal.key(), signal);
    if (signals.size() > MAX_SIGNALS) {
      signals.remove(signals.keySet().iterator().next());
    }
  }

  boolean empty() {
    return items.isEmpty() && signals.isEmpty();
  }

  /** Whether more waits than may wait, for this connection or, with its part in it, for all. */
  boolean overflowing() {
    return bytes > limits.outboundBytes()
        || items.size() > limits.outboundFrames()
        || bytes > limits.frameBytes() && total.get() > limits.outboundTotalBytes();
  }

  /** Whether a quarter of what may wait is waiting. */
  boolean congested() {
    return bytes > limits.outboundBytes() / 4 || items.size() > limits.outboundFrames() / 4;
  }

  /** Whether something has been waiting for too long while the socket takes nothing. */
  boolean stalled(long now) {
    return blockedSince != 0 && now - blockedSince > limits.outboundStall().toNanos();
  }

  /** Writes as long as the socket takes it, then hands everything to the kernel at once. */
  void flush(long now) {
    int at = 0;
    while (at < items.size() && wire.writable()) {
      at = items.get(at) instanceof byte[] ? writeFrames(at) : writeEvents(at);
    }
    forget(at);
    boolean more = !signals.isEmpty() && wire.writable();
    if (more) {
      wire.write(
          WireFrames.list(
              wire.alloc(),
              WireFrames.SIGNALS,
              signals.values().stream().map(Signal::utf8).toList()));
      signals = Map.of();
    }
    if (at > 0 || more) {
      wire.flush();
    }
    if (items.isEmpty()) {
      blockedSince = 0;
    } else if (blockedSince == 0 || at > 0) {
      blockedSince = now;
    }
    count();
  }

  /** Whole messages that follow each other, in one buffer. */
  private int writeFrames(int start) {
    int end = start;
    int size = 0;
    while (end < items.size() && size < FRAME_BYTES && items.get(end) instanceof byte[] utf8) {
      size += utf8.length;
      end++;
    }
    wire.write(WireFrames.texts(wire.alloc(), items, start, end, size));
    bytes -= size;
    return end;
  }

  private int writeEvents(int start) {
    int end = start;
    int size = 0;
    while (end < items.size() && size < FRAME_BYTES && items.get(end) instanceof Event event) {
      size += event.utf8().length;
      end++;
    }
    wire.write(frames.of(wire.alloc(), items, start, end));
    bytes -= size;
    return end;
  }

  private void forget(int written) {
    if (written == items.size() && written > KEPT_ITEMS) {
      items = new ArrayList<>(4);
    } else if (written > 0) {
      items.subList(0, written).clear();
    }
  }

  /** The node's sum changes only where something stays behind: no shared counter on the way. */
  private void count() {
    if (bytes != counted) {
      total.addAndGet(bytes - counted);
      counted = bytes;
    }
  }

  /** Gives up what waits. */
  void clear() {
    items = List.of();
    signals = Map.of();
    bytes = 0;
    count();
  }
}
