package io.magpie.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Sends more than a server can take, at a fixed rate and without arrears. What could not leave at
 * its moment never leaves: because the generator is at its end, the socket takes no more, or the
 * connection has {@value #MOST_OPEN} requests without an answer. What did leave is the rate that
 * was offered. Every time is counted from the moment that was meant, which is {@value #LATE_MS} ms
 * earlier at most.
 */
public final class Flood {
  static final int LATE_MS = 50;

  /** Messages that leave before what came in is looked at. */
  private static final int AT_ONCE = 64;

  /** Requests without an answer that a connection may have by the protocol. */
  static final int MOST_OPEN = 256;

  private final Crowd crowd;
  private final List<Link> turns;
  private final Window window;
  private int next;
  private long heldBack;

  public Flood(Crowd crowd) {
    this.crowd = crowd;
    turns = new ArrayList<>(crowd.links());
    window = new Window(turns.size(), MOST_OPEN);
    Collections.shuffle(turns, new Random(7));
  }

  /**
   * What left.
   *
   * @param first number of the first message
   * @param sent messages from there on
   * @param seconds in which they left
   * @param late messages that never left because the generator was behind
   * @param heldBack messages that never left because their connection took no more
   */
  public record Offered(int first, int sent, double seconds, long late, long heldBack) {
    public double perSecond() {
      return sent / seconds;
    }
  }

  /**
   * Sends for so long; from then on only these messages are timed.
   *
   * @param perSecond messages of all clients together
   */
  public Offered run(double perSecond, Duration time) {
    Ledger ledger = crowd.ledger();
    int first = ledger.sent();
    long begin = System.nanoTime();
    long until = begin + time.toNanos();
    ledger.timings().measure(begin, until);
    Pace pace = new Pace(begin, 1e9 / perSecond, LATE_MS * 1_000_000L);
    send(pace, until);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Offered(first, ledger.sent() - first, seconds, pace.late(), heldBack);
  }

  private void send(Pace pace, long until) {
    for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
      pace.passOver(now);
      for (int i = 0; i < AT_ONCE && pace.due() <= now; i++) {
        one(pace.due());
        pace.take();
      }
      crowd.loop().turn(Math.min(pace.due(), until) - System.nanoTime());
    }
  }

  private void one(long due) {
    Link link = turns.get(next++ % turns.size());
    if (link.state() == Link.State.JOINED
        && link.waiting() == 0
        && window.free(link.number(), crowd.ledger()::open)) {
      int id = crowd.ledger().sending(link.member().conversation(), due);
      window.sent(link.number(), id);
      crowd.loop().wire().send(link, id);
    } else {
      heldBack++;
    }
  }
}
