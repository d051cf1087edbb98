package io.magpie.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Sends at a fixed rate whatever comes back: a message has the moment at which it is meant to
 * leave, and every time is counted from there, so that a server that stalls pays for those who
 * would have sent meanwhile. The clients take turns in an order that is shuffled once.
 */
public final class OpenLoop {
  /** Messages that leave before what came in is looked at. */
  private static final int AT_ONCE = 32;

  private final Crowd crowd;
  private final List<Link> turns;
  private int next;

  /**
   * @param senders those of the crowd who send
   */
  public OpenLoop(Crowd crowd, List<Link> senders) {
    this.crowd = crowd;
    turns = new ArrayList<>(senders);
    Collections.shuffle(turns, new Random(7));
  }

  /**
   * What to send.
   *
   * @param perSecond messages of all clients together
   * @param warmUp sent at the same rate, before anything is measured
   * @param patience for what is still missing when the last message has left
   */
  public record Plan(double perSecond, Duration warmUp, Duration time, Duration patience) {}

  /** Looks at the beginning and at the end of what is measured. */
  public interface Watch {
    void begin();

    void end();
  }

  /**
   * Runs a plan.
   *
   * @return times and counts of the messages that were meant to leave in the measured time
   */
  public Outcome run(Plan plan, Watch watch) {
    Ledger ledger = crowd.ledger();
    Counts before = crowd.counts();
    double interval = 1e9 / plan.perSecond();
    long begin = System.nanoTime() + 1_000_000;
    long from = begin + plan.warmUp().toNanos();
    long to = from + plan.time().toNanos();
    ledger.timings().measure(from, to);
    long k = send(begin, 0, interval, from);
    watch.begin();
    long deliveredBefore = ledger.delivered();
    long measuredFrom = System.nanoTime();
    send(begin, k, interval, to);
    watch.end();
    double seconds = (System.nanoTime() - measuredFrom) / 1e9;
    long delivered = ledger.delivered() - deliveredBefore;
    crowd.until(ledger::settled, plan.patience());
    return new Outcome(
        seconds,
        delivered,
        ledger.timings().deliveries().percentiles(),
        ledger.timings().acks().percentiles(),
        ledger.timings().wholes().percentiles(),
        crowd.counts().since(before));
  }

  private long send(long begin, long first, double interval, long until) {
    long k = first;
    while (true) {
      long due = begin + (long) (k * interval);
      long now = System.nanoTime();
      for (int i = 0; i < AT_ONCE && due <= now && due < until; i++) {
        one(due);
        due = begin + (long) (++k * interval);
      }
      if (now >= until) {
        return k;
      }
      crowd.loop().turn(Math.min(due, until) - System.nanoTime());
    }
  }

  private void one(long due) {
    Link link = turns.get(next++ % turns.size());
    if (link.state() == Link.State.JOINED) {
      int id = crowd.ledger().sending(link.member().conversation(), due);
      crowd.loop().wire().send(link, id);
    }
  }
}
