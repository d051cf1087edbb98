package io.magpie.fanout;

/** One subscriber in one topic. */
final class Subscription {
  private final Topic topic;
  private final Subscriber subscriber;
  private boolean live;
  private long pushed;
  private long told;
  private long reopensAt;

  Subscription(Topic topic, Subscriber subscriber, long pushed) {
    this.topic = topic;
    this.subscriber = subscriber;
    this.pushed = pushed;
    this.told = pushed;
  }

  Topic topic() {
    return topic;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Whether the topic's events go straight to the subscriber; before, it is being caught up. */
  boolean live() {
    return live;
  }

  void goLive() {
    live = true;
  }

  /** Last number that the subscriber was given, or the cursor from which it is caught up. */
  long pushed() {
    return live ? Math.max(pushed, topic.last()) : pushed;
  }

  /** Whether something was pushed since {@link #tell}. */
  boolean moved() {
    return pushed() > told;
  }

  /** {@link #pushed}, which is noted as told. */
  long tell() {
    told = pushed();
    return told;
  }

  /** A later membership was announced while this one still runs; 0 for none. */
  long reopensAt() {
    return reopensAt;
  }

  void reopensAt(long from) {
    reopensAt = Math.max(reopensAt, from);
  }

  /** Last number that catch-up gave the subscriber. */
  long caughtUpTo() {
    return pushed;
  }

  /** Everything up to here is with the subscriber, given by catch-up. */
  void pushedUpTo(long seq) {
    pushed = Math.max(pushed, seq);
  }
}
