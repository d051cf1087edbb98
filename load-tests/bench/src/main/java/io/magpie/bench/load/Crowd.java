package io.magpie.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** All clients of a run, with the loop that serves them and the ledger of what they sent. */
public final class Crowd implements AutoCloseable {
  private static final long TURN_NANOS = 5_000_000;

  private final Ledger ledger;
  private final Loop loop;
  private final List<Link> links = new ArrayList<>();

  /**
   * @param world who connects; conversations are numbered from 0
   * @param protocol makes the protocol for a ledger
   */
  public Crowd(World world, Function<Ledger, Wire> protocol) {
    ledger = new Ledger(world.conversations(), world.membersEach());
    loop = new Loop(protocol.apply(ledger), ledger);
    for (Member member : world.members()) {
      links.add(new Link(loop, member, links.size()));
    }
  }

  public List<Link> links() {
    return links;
  }

  Ledger ledger() {
    return ledger;
  }

  Loop loop() {
    return loop;
  }

  /** Everything since the beginning. */
  public Counts counts() {
    return ledger.counts(links);
  }

  /**
   * Connects these clients and waits until all have joined.
   *
   * @param atOnce how many may be on their way at the same time
   * @return how long it took
   * @throws IllegalStateException if it takes longer than a minute, or one of them fails
   */
  public Duration join(List<Link> some, int atOnce) {
    long begin = System.nanoTime();
    int before = ledger.connected();
    int lostBefore = ledger.lostSoFar();
    int next = 0;
    while (ledger.connected() - before < some.size()) {
      while (next < some.size() && next - (ledger.connected() - before) < atOnce) {
        loop.connect(some.get(next++));
      }
      ledger.comingAgain(System.nanoTime()).forEach(loop::connect);
      loop.turn(TURN_NANOS);
      if (ledger.lostSoFar() > lostBefore || System.nanoTime() - begin > 60_000_000_000L) {
        throw new IllegalStateException(
            "Only %d of %d clients joined: %s"
                .formatted(ledger.connected() - before, some.size(), counts().problems()));
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** How long each client needed from connecting to having joined. */
  public Percentiles joins() {
    return ledger.joins().percentiles();
  }

  /** Sends one message from each of these and waits for the answers, ten seconds at most. */
  public void sendEach(List<Link> some) {
    for (Link link : some) {
      loop.wire().send(link, ledger.sending(link.member().conversation(), System.nanoTime()));
    }
    if (!until(ledger::answered, Duration.ofSeconds(10))) {
      throw new IllegalStateException("No answer: " + counts());
    }
  }

  /** Sends one message from this client; whether it is acknowledged in time. */
  public boolean ask(Link link, Duration patience) {
    int id = ledger.sending(link.member().conversation(), System.nanoTime());
    loop.wire().send(link, id);
    until(() -> !ledger.open(id), patience);
    return ledger.acknowledged(id);
  }

  /** Waits until every message has its answer; false if that takes longer. */
  public boolean answered(Duration patience) {
    return until(() -> ledger.unanswered() == 0, patience);
  }

  /** How long the messages of the last flood or plan took to be acknowledged. */
  public Percentiles acks() {
    return ledger.timings().acks().percentiles();
  }

  /** The same until they were refused, by what was said. */
  public Map<String, Percentiles> refusals() {
    return ledger.timings().refusals();
  }

  /** What was answered to each message so far. */
  public Answers answers() {
    return ledger.answers();
  }

  /** Those who are logged in. */
  public List<Link> present() {
    return links.stream().filter(link -> link.state() == Link.State.JOINED).toList();
  }

  /** Waits until everybody who is connected has everything; false if that takes longer. */
  public boolean settle(Duration patience) {
    return until(ledger::settled, patience);
  }

  /**
   * Connects these clients again, all at once, and waits until each has what it missed.
   *
   * @return how long each needed, from connecting
   * @throws IllegalStateException if it takes longer than a minute
   */
  public Percentiles catchUp(List<Link> some) {
    ledger.expectCatchUp(some);
    int before = ledger.caughtUpSoFar();
    join(some, some.size());
    if (!until(() -> ledger.caughtUpSoFar() - before == some.size(), Duration.ofMinutes(1))) {
      throw new IllegalStateException("Not all have caught up: " + counts());
    }
    return ledger.catchUps().percentiles();
  }

  /** Ends these connections without a word, as a network that goes away. */
  public void cut(List<Link> some) {
    for (Link link : some) {
      ledger.left(link);
      link.drop();
    }
    loop.turn(0);
  }

  /** Goes on until something is true; false if it is not after that time. */
  public boolean until(BooleanSupplier done, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      loop.turn(Math.min(left, TURN_NANOS));
    }
    return true;
  }

  /** Answers what comes for so long. */
  public void idle(Duration time) {
    until(() -> false, time);
  }

  @Override
  public void close() {
    loop.close();
  }
}
