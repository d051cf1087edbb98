package io.magpie.fanout;

import io.magpie.stream.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One conversation and one reader: a writer on the reader's node, whose events are offered once and
 * at any time after their commit; a writer on another node, whose hints get lost, come twice and in
 * any order; a reader who registers, reads, joins, is cut and comes back; polls that read the
 * database and are applied later. The gate is the real {@link Topic}; joining follows {@link Hub}.
 */
final class FanOutModel {
  private static final UUID STREAM = new UUID(0, 1);

  /** What may happen next; {@code number} is that of an event, or 0. */
  record Step(What what, int number) {}

  /** Everything that can happen. */
  enum What {
    COMMIT,
    OFFER,
    OFFER_AND_REPEAT,
    LOSE,
    READ,
    JOIN,
    POLL,
    POLLED,
    CUT
  }

  private final int messages;
  private final int local;
  private final Map<Integer, Integer> hints = new TreeMap<>();
  private final List<Long> received = new ArrayList<>();
  private int committed;
  private int cuts;
  private Topic topic;
  private Subscription subscription;
  private long readUpTo = -1;
  private Optional<List<Long>> polled = Optional.empty();
  private long offered;

  /**
   * @param local whose bit is set, comes from the writer on the reader's node
   */
  FanOutModel(int messages, int local) {
    this.messages = messages;
    this.local = local;
    register();
  }

  private void register() {
    topic = new Topic(STREAM);
    offered = 0;
    polled = Optional.empty();
    subscription = new Subscription(topic, NOBODY, received.size());
    topic.add(subscription);
    readUpTo = -1;
  }

  /** All that may happen in this state. */
  List<Step> possible() {
    List<Step> steps = new ArrayList<>();
    if (committed < messages) {
      steps.add(new Step(What.COMMIT, 0));
    }
    hints.forEach(
        (number, copies) -> {
          steps.add(new Step(What.OFFER, number));
          if (!isLocal(number)) {
            steps.add(new Step(What.LOSE, number));
            if (copies == 1) {
              steps.add(new Step(What.OFFER_AND_REPEAT, number));
            }
          }
        });
    if (!subscription.live()) {
      steps.add(new Step(readUpTo < 0 ? What.READ : What.JOIN, 0));
    }
    if (topic.opened()) {
      steps.add(new Step(polled.isEmpty() ? What.POLL : What.POLLED, 0));
    }
    if (cuts == 0) {
      steps.add(new Step(What.CUT, 0));
    }
    return steps;
  }

  private boolean isLocal(int number) {
    return (local & 1 << number - 1) != 0;
  }

  FanOutModel take(Step step) {
    switch (step.what()) {
      case COMMIT -> hints.put(++committed, 1);
      case OFFER -> {
        hints.remove(step.number());
        offer(step.number());
      }
      case OFFER_AND_REPEAT -> {
        hints.put(step.number(), 2);
        offer(step.number());
      }
      case LOSE -> hints.remove(step.number());
      case READ -> readUpTo = committed;
      case JOIN -> join();
      case POLL -> polled = Optional.of(range(topic.last()));
      case POLLED -> {
        polled.orElseThrow().forEach(this::offer);
        polled = Optional.empty();
      }
      case CUT -> {
        cuts++;
        register();
      }
    }
    return this;
  }

  private List<Long> range(long after) {
    List<Long> seqs = new ArrayList<>();
    for (long seq = after + 1; seq <= committed; seq++) {
      seqs.add(seq);
    }
    return seqs;
  }

  private void offer(long seq) {
    offered |= 1L << seq;
    deliver(topic.offer(event(seq)));
  }

  private void deliver(List<Event> events) {
    for (Event event : events) {
      if (subscription.live() && event.seq() > subscription.caughtUpTo()) {
        received.add(event.seq());
      }
    }
  }

  /** As {@code Hub.caughtUp} and {@code Hub.join}: what was read is given, then live or again. */
  private void join() {
    for (long seq = subscription.pushed() + 1; seq <= readUpTo; seq++) {
      received.add(seq);
    }
    subscription.pushedUpTo(readUpTo);
    List<Event> waiting = topic.open(readUpTo);
    if (readUpTo >= topic.last() - waiting.size()) {
      subscription.goLive();
    }
    readUpTo = -1;
    deliver(waiting);
  }

  /** Whether the reader got 1, 2, 3 … and nothing else. */
  boolean inOrder() {
    for (int i = 0; i < received.size(); i++) {
      if (received.get(i) != i + 1) {
        return false;
      }
    }
    return received.size() <= committed;
  }

  boolean complete() {
    return inOrder() && received.size() == messages;
  }

  /**
   * Everything is committed, what is on its way from the other node is lost, and the reader's node
   * does what it does each second or two.
   */
  FanOutModel settle(boolean polling) {
    while (committed < messages) {
      take(new Step(What.COMMIT, 0));
    }
    for (int number : List.copyOf(hints.keySet())) {
      take(new Step(isLocal(number) ? What.OFFER : What.LOSE, number));
    }
    while (!subscription.live()) {
      take(new Step(readUpTo < 0 ? What.READ : What.JOIN, 0));
    }
    if (polling) {
      polled.ifPresent(late -> take(new Step(What.POLLED, 0)));
      take(new Step(What.POLL, 0)).take(new Step(What.POLLED, 0));
    }
    return this;
  }

  /** Equal for states in which the same can happen from now on. */
  Object state() {
    return List.of(
        Map.copyOf(hints),
        List.copyOf(received),
        committed,
        cuts,
        topic.last(),
        offered,
        subscription.live(),
        subscription.caughtUpTo(),
        readUpTo,
        Objects.toString(polled));
  }

  @Override
  public String toString() {
    return "received " + received + " of " + committed + ", gate at " + topic.last();
  }

  private static Event event(long seq) {
    return new Event(STREAM, seq, "test.done", STREAM, Instant.EPOCH, "{}");
  }

  private static final Subscriber NOBODY =
      new Subscriber() {
        @Override
        public UUID user() {
          return STREAM;
        }

        @Override
        public void event(Event event) {
          throw new IllegalStateException();
        }

        @Override
        public void signal(Signal signal) {
          throw new IllegalStateException();
        }

        @Override
        public boolean congested() {
          return false;
        }

        @Override
        public void broken(Throwable cause) {
          throw new IllegalStateException(cause);
        }
      };
}
