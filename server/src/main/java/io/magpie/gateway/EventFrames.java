package io.magpie.gateway;

import io.magpie.stream.Event;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of events for the connections of one event loop. The members of a group wait for the same
 * events when it comes to a flush, one after the other: who waits for exactly what the one before
 * waited for gets the same bytes, and only a reference is made.
 */
final class EventFrames {
  private final List<Object> last = new ArrayList<>();
  private ByteBuf frame;

  /**
   * A text frame for one write.
   *
   * @param items events from {@code start} to {@code end}
   */
  ByteBuf of(ByteBufAllocator alloc, List<Object> items, int start, int end) {
    if (!same(items, start, end)) {
      forget();
      last.addAll(items.subList(start, end));
      frame = WireFrames.list(alloc, WireFrames.EVENTS, bytes());
    }
    return frame.retainedDuplicate();
  }

  private boolean same(List<Object> items, int start, int end) {
    if (last.size() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (items.get(i) != last.get(i - start)) {
        return false;
      }
    }
    return true;
  }

  private List<byte[]> bytes() {
    List<byte[]> bytes = new ArrayList<>(last.size());
    for (Object event : last) {
      bytes.add(((Event) event).utf8());
    }
    return bytes;
  }

  /** At the end of a flush: nobody else gets these bytes. */
  void forget() {
    if (frame != null) {
      frame.release();
      frame = null;
    }
    last.clear();
  }
}
