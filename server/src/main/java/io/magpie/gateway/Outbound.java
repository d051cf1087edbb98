package io.magpie.gateway;

import io.magpie.fanout.Signal;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for one connection, bounded. Everything that comes in one turn of the event loop
 * leaves together: events share frames, a signal replaces an older one of its kind. Bytes are
 * counted as characters, which is exact for ASCII and never more than a third too low for Chinese.
 */
final class Outbound {
  /** Text of one frame at most; larger ones are split between events. */
  private static final int FRAME_CHARS = 48 * 1024;

  /** Signals that wait at most. */
  private static final int MAX_SIGNALS = 500;

  private final ServerWebSocket socket;
  private final GatewayLimits limits;
  private final AtomicLong total;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, String> signals = new LinkedHashMap<>();
  private long chars;
  private long blockedSince;

  Outbound(ServerWebSocket socket, GatewayLimits limits, AtomicLong total) {
    this.socket = socket;
    this.limits = limits;
    this.total = total;
  }

  /** A whole frame, or an event that shares a frame with its neighbours. */
  private record Item(String json, boolean event) {}

  void frame(String json) {
    add(new Item(json, false));
  }

  void event(String json) {
    add(new Item(json, true));
  }

  /** Replaces an older one of its kind; beyond {@link #MAX_SIGNALS} the oldest is dropped. */
  void signal(Signal signal) {
    signals.put(signal.kind() + signal.stream() + signal.user(), signal.json());
    if (signals.size() > MAX_SIGNALS) {
      signals.remove(signals.keySet().iterator().next());
    }
  }

  private void add(Item item) {
    items.add(item);
    chars += item.json().length();
    total.addAndGet(item.json().length());
  }

  boolean empty() {
    return items.isEmpty() && signals.isEmpty();
  }

  /** Whether more waits than may wait, for this connection or, with its part in it, for all. */
  boolean overflowing() {
    return chars > limits.outboundBytes()
        || items.size() > limits.outboundFrames()
        || total.get() > limits.outboundTotalBytes() && chars > limits.frameBytes();
  }

  /** Whether a quarter of what may wait is waiting. */
  boolean congested() {
    return chars > limits.outboundBytes() / 4 || items.size() > limits.outboundFrames() / 4;
  }

  /** Whether something has been waiting for too long while the socket takes nothing. */
  boolean stalled(long now) {
    return blockedSince != 0 && now - blockedSince > limits.outboundStall().toNanos();
  }

  /** Writes as long as the socket takes it. */
  void flush(long now) {
    if (socket.isClosed()) {
      // The peer has said goodbye and the end is not told yet: the socket throws when it is asked.
      return;
    }
    int at = 0;
    while (at < items.size() && takes()) {
      at = writeFrom(at);
    }
    if (at > 0) {
      items.subList(0, at).clear();
    }
    if (!signals.isEmpty() && takes()) {
      write("{\"type\":\"signals\",\"signals\":[" + String.join(",", signals.values()) + "]}");
      signals.clear();
    }
    if (items.isEmpty()) {
      blockedSince = 0;
    } else if (blockedSince == 0 || at > 0) {
      blockedSince = now;
    }
  }

  /** A socket that was reset in this turn is asked nothing: it would throw, and others wait. */
  private boolean takes() {
    return !socket.isClosed() && !socket.writeQueueFull();
  }

  private int writeFrom(int start) {
    Item first = items.get(start);
    if (!first.event()) {
      release(first);
      write(first.json());
      return start + 1;
    }
    StringBuilder frame = new StringBuilder("{\"type\":\"events\",\"events\":[");
    int at = start;
    while (at < items.size() && items.get(at).event() && frame.length() < FRAME_CHARS) {
      frame.append(at == start ? "" : ",").append(items.get(at).json());
      release(items.get(at));
      at++;
    }
    write(frame.append("]}").toString());
    return at;
  }

  private void release(Item item) {
    chars -= item.json().length();
    total.addAndGet(-item.json().length());
  }

  private void write(String text) {
    socket.writeTextMessage(text);
  }

  /** Gives up what waits. */
  void clear() {
    total.addAndGet(-chars);
    chars = 0;
    items.clear();
    signals.clear();
  }
}
