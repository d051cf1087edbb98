package io.magpie.fanout;

import io.magpie.fault.SeededBug;
import io.magpie.stream.Event;
import io.magpie.stream.EventPage;
import io.magpie.stream.StreamReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one event loop. Every method must be called on that loop.
 *
 * <p>Subscribing has an order that leaves no hole: {@link #register} first, so that the topic keeps
 * what is committed from now on; then read the database; then {@link #join} with the number up to
 * which the subscriber has everything. Joining pulls again until the subscriber is where the topic
 * is. A subscriber must not remove itself while it is given an event.
 */
public final class Hub {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  /** How long an event waits for an earlier one before the gap is pulled. */
  static final long HOLD_MS = 150;

  /** How long catching up pauses while a connection has enough to take. */
  private static final long CONGESTED_MS = 50;

  private static final int PULL = 200;

  private final Vertx vertx;
  private final Context context;
  private final StreamReader reader;
  private final ReaderRule rule;
  private final Interest interest;
  private final Map<UUID, Topic> topics = new HashMap<>();
  private final Map<UUID, Set<Subscriber>> users = new HashMap<>();
  private final Map<Subscriber, Map<UUID, Subscription>> streams = new HashMap<>();
  private final Set<Topic> pulling = new HashSet<>();

  Hub(Vertx vertx, Context context, StreamReader reader, ReaderRule rule, Interest interest) {
    this.vertx = vertx;
    this.context = context;
    this.reader = reader;
    this.rule = rule;
    this.interest = interest;
  }

  Context context() {
    return context;
  }

  /** Streams that somebody on this loop reads. */
  Collection<UUID> served() {
    return topics.keySet();
  }

  /** Makes a subscriber known; it gets nothing yet. */
  public void add(Subscriber subscriber) {
    users.computeIfAbsent(subscriber.user(), user -> new HashSet<>()).add(subscriber);
    streams.put(subscriber, new HashMap<>());
  }

  /** Forgets a subscriber and all its subscriptions. */
  public void remove(Subscriber subscriber) {
    Map<UUID, Subscription> mine = streams.remove(subscriber);
    if (mine == null) {
      return;
    }
    mine.values().forEach(this::leave);
    Set<Subscriber> same = users.get(subscriber.user());
    if (same != null && same.remove(subscriber) && same.isEmpty()) {
      users.remove(subscriber.user());
    }
  }

  /**
   * Notes that the subscriber will read the stream after {@code cursor}; events are not yet given
   * to it.
   *
   * @return whether it was new
   */
  public boolean register(Subscriber subscriber, UUID stream, long cursor) {
    Map<UUID, Subscription> mine = streams.get(subscriber);
    if (mine == null || mine.containsKey(stream)) {
      return false;
    }
    Topic topic = topics.computeIfAbsent(stream, this::topic);
    Subscription subscription = new Subscription(topic, subscriber, cursor);
    topic.add(subscription);
    mine.put(stream, subscription);
    return true;
  }

  private Topic topic(UUID stream) {
    interest.begin(stream);
    return new Topic(stream);
  }

  /**
   * The subscriber has everything up to {@code upTo}: goes live, or pulls what the topic passed.
   */
  public void join(Subscriber subscriber, UUID stream, long upTo) {
    Subscription subscription = subscription(subscriber, stream);
    if (subscription == null) {
      return;
    }
    subscription.pushedUpTo(upTo);
    Topic topic = subscription.topic();
    List<Event> waiting = topic.open(upTo);
    if (upTo >= topic.last() - waiting.size()) {
      subscription.goLive();
    }
    deliver(topic, waiting);
    if (topic.behind()) {
      pull(topic);
    } else if (topic.gap()) {
      pullSoon(topic);
    }
    if (!subscription.live()) {
      catchUp(subscriber, stream, upTo);
    }
  }

  /** Reads on from the database as the subscriber's user, then joins. */
  void catchUp(Subscriber subscriber, UUID stream, long after) {
    onLoop(reader.events(subscriber.user(), stream, after, PULL))
        .onSuccess(page -> caughtUp(subscriber, stream, page))
        .onFailure(subscriber::broken);
  }

  private void caughtUp(Subscriber subscriber, UUID stream, EventPage page) {
    Subscription subscription = subscription(subscriber, stream);
    if (subscription == null) {
      return;
    }
    for (Event event : page.events()) {
      if (event.seq() > subscription.pushed()) {
        subscription.pushedUpTo(event.seq());
        subscriber.event(event);
        if (closes(event, subscriber)) {
          end(subscription, event.seq());
          return;
        }
      }
    }
    if (page.upTo() < page.head()) {
      catchUpWhenFree(subscriber, stream, page.upTo());
    } else {
      join(subscriber, stream, page.upTo());
    }
  }

  /** The next page waits until the connection has taken most of this one. */
  private void catchUpWhenFree(Subscriber subscriber, UUID stream, long after) {
    if (!subscriber.congested()) {
      catchUp(subscriber, stream, after);
    } else if (subscription(subscriber, stream) != null) {
      vertx.setTimer(
          CONGESTED_MS,
          timer -> context.runOnContext(go -> catchUpWhenFree(subscriber, stream, after)));
    }
  }

  /** A committed event, from this node or another. */
  void accept(Event event) {
    Topic topic = topics.get(event.stream());
    if (topic == null) {
      return;
    }
    deliver(topic, topic.offer(event));
    if (topic.gap()) {
      pullSoon(topic);
    }
  }

  /** The database says that the stream is further than this topic. */
  void headSeen(UUID stream, long head) {
    Topic topic = topics.get(stream);
    if (topic != null) {
      topic.expect(head);
      if (topic.behind()) {
        pull(topic);
      }
    }
  }

  /** Gives a signal to the readers of its stream, except the user it comes from. */
  void signal(Signal signal) {
    Topic topic = topics.get(signal.stream());
    if (topic != null) {
      for (Subscription subscription : topic.readers()) {
        if (!subscription.subscriber().user().equals(signal.user())) {
          subscription.subscriber().signal(signal);
        }
      }
    }
  }

  /** What the subscriber has been given so far, all its streams together. */
  public Digest digest(Subscriber subscriber) {
    Digest digest = new Digest();
    streams
        .getOrDefault(subscriber, Map.of())
        .forEach((stream, subscription) -> digest.add(stream, subscription.pushed()));
    return digest;
  }

  /**
   * The heads that moved since they were asked for the last time.
   *
   * @param most streams at once; of the others the next call tells
   */
  public Map<UUID, Long> moved(Subscriber subscriber, int most) {
    Map<UUID, Long> moved = new HashMap<>();
    for (Subscription each : streams.getOrDefault(subscriber, Map.of()).values()) {
      if (moved.size() < most && each.moved()) {
        moved.put(each.topic().stream(), each.tell());
      }
    }
    return moved;
  }

  private void deliver(Topic topic, List<Event> events) {
    for (Event event : events) {
      for (Subscription subscription : topic.readers()) {
        if (subscription.live() && event.seq() > subscription.caughtUpTo()) {
          subscription.subscriber().event(event);
        }
      }
      rule.of(event).ifPresent(change -> apply(topic, event, change));
    }
  }

  private void apply(Topic topic, Event event, ReaderChange change) {
    if (change instanceof ReaderChange.Closed closed) {
      if (SeededBug.STALE_MEMBERSHIP.on()) {
        return;
      }
      for (Subscriber subscriber : Set.copyOf(users.getOrDefault(closed.user(), Set.of()))) {
        Subscription subscription = subscription(subscriber, topic.stream());
        if (subscription != null
            && subscription.live()
            && event.seq() > subscription.caughtUpTo()) {
          end(subscription, event.seq());
        }
      }
    } else if (change instanceof ReaderChange.Opened opened) {
      for (Subscriber subscriber : Set.copyOf(users.getOrDefault(opened.user(), Set.of()))) {
        open(subscriber, opened.stream(), opened.from());
      }
    }
  }

  private void open(Subscriber subscriber, UUID stream, long from) {
    if (register(subscriber, stream, from - 1)) {
      catchUp(subscriber, stream, from - 1);
      return;
    }
    Subscription earlier = subscription(subscriber, stream);
    if (earlier != null) {
      earlier.reopensAt(from);
    }
  }

  /** The membership ended with event {@code last}; a new one may be known already. */
  private void end(Subscription subscription, long last) {
    forget(subscription);
    if (subscription.reopensAt() > last) {
      open(subscription.subscriber(), subscription.topic().stream(), subscription.reopensAt());
    }
  }

  /** While catching up, the end of the membership is met in what was pulled. */
  private boolean closes(Event event, Subscriber subscriber) {
    return rule.of(event)
        .filter(change -> change.equals(new ReaderChange.Closed(subscriber.user())))
        .isPresent();
  }

  private void forget(Subscription subscription) {
    streams.get(subscription.subscriber()).remove(subscription.topic().stream());
    leave(subscription);
  }

  private void leave(Subscription subscription) {
    Topic topic = subscription.topic();
    topic.remove(subscription);
    if (topic.deserted() && topics.remove(topic.stream(), topic)) {
      interest.end(topic.stream());
    }
  }

  private Subscription subscription(Subscriber subscriber, UUID stream) {
    return streams.getOrDefault(subscriber, Map.of()).get(stream);
  }

  private void pullSoon(Topic topic) {
    if (!pulling.contains(topic)) {
      vertx.setTimer(HOLD_MS, timer -> context.runOnContext(go -> pullIfGap(topic)));
    }
  }

  private void pullIfGap(Topic topic) {
    if (topic.gap() && topics.get(topic.stream()) == topic) {
      pull(topic);
    }
  }

  private void pull(Topic topic) {
    if (!pulling.add(topic)) {
      return;
    }
    onLoop(reader.range(topic.stream(), topic.last(), PULL))
        .onComplete(
            done -> {
              pulling.remove(topic);
              if (topics.get(topic.stream()) != topic) {
                return;
              }
              if (done.failed()) {
                LOG.atWarn().addKeyValue("stream", topic.stream()).log("a gap could not be pulled");
                pullSoon(topic);
                return;
              }
              done.result().forEach(event -> deliver(topic, topic.offer(event)));
              if (done.result().size() == PULL) {
                pull(topic);
              } else if (topic.gap()) {
                pullSoon(topic);
              }
            });
  }

  private <T> Future<T> onLoop(Future<T> future) {
    return future.transform(
        done -> {
          Promise<T> promise = Promise.promise();
          context.runOnContext(go -> promise.handle(done));
          return promise.future();
        });
  }
}
