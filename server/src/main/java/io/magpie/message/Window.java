package io.magpie.message;

import java.util.List;

/**
 * Which part of a list is wanted: {@code before} entries below {@code pivot} and {@code after} from
 * it on. One more is read on each side, to know whether there is more.
 */
record Window(long pivot, int before, int after) {
  static Window newest(int limit) {
    return new Window(Long.MAX_VALUE, limit, 0);
  }

  static Window before(long seq, int limit) {
    return new Window(seq, limit, 0);
  }

  static Window from(long seq, int limit) {
    return new Window(seq, 0, limit);
  }

  static Window around(long seq, int limit) {
    return new Window(seq, limit / 2, limit - limit / 2);
  }

  /** Numbers to look at on each side for a first try: most events are messages. */
  long reach() {
    return 64 + 4L * (before + after);
  }

  /**
   * Whether looking at so many numbers on each side was enough: either side is full, or there are
   * no more numbers.
   */
  boolean complete(List<Message> read, long head, long reach) {
    long below = read.stream().filter(message -> message.seq() < pivot).count();
    boolean start = Math.min(pivot, head + 1) - reach <= 1;
    boolean end = pivot > head || head - pivot <= reach;
    return (below > before || start) && (read.size() - below > after || end);
  }

  /** Cuts what was read (in order) to what was wanted. */
  MessagePage cut(List<Message> read, long head) {
    int below = (int) read.stream().filter(message -> message.seq() < pivot).count();
    int start = Math.max(0, below - before);
    int end = Math.min(read.size(), below + after);
    return new MessagePage(read.subList(start, end), start > 0, end < read.size(), head);
  }
}
