package io.magpie.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publish/subscribe that goes on whatever happens to the connection: connecting → subscribing →
 * confirmed → lost → connecting …, for ever, with jittered waits. What is published while there is
 * no connection is dropped and counted: nothing may depend on it.
 *
 * <p>Methods may be called from any thread; they never block and never fail.
 */
public final class PubSub {
  private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);
  private static final long BEAT_MS = 1_000;

  /** Publications that wait for a write at most; what comes then is dropped. */
  private static final int MAX_WAITING = 20_000;

  /** Publications of one write. */
  private static final int BATCH = 500;

  /** Writes to a server whose answers are still to come. */
  private static final int IN_FLIGHT = 4;

  private final Vertx vertx;
  private final Context context;
  private final Connector connector;
  private final Topology topology;
  private final String prefix;
  private final String everybody;
  private final PubSubListener listener;
  private final Backoff backoff = new Backoff();
  private final Set<String> wanted = new HashSet<>();
  private final Deque<Publication> waiting = new ArrayDeque<>();
  private final Map<Link, Integer> inFlight = new HashMap<>();
  private final Counter dropped;
  private final Counter losses;
  private final Counter refusals;
  private List<Link> links = List.of();
  private Shards shards = new Shards(List.of(), false);
  private boolean searching;
  private boolean retrying;
  private boolean draining;
  private boolean stopped;
  private long timer = -1;
  private volatile boolean live;
  private volatile boolean alone;

  /**
   * @param prefix of the channels that the class itself uses
   * @param everybody the channel to which every node subscribes; how many do tells whether this one
   *     is alone
   */
  public PubSub(
      Vertx vertx,
      RedisSettings settings,
      String prefix,
      String everybody,
      PubSubListener listener,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.connector = new Connector(vertx, settings);
    this.topology = new Topology(connector);
    this.prefix = prefix;
    this.everybody = everybody;
    this.listener = listener;
    this.dropped =
        Counter.builder("magpie.redis.dropped")
            .description("Publications that Redis was not given")
            .register(meters);
    this.losses =
        Counter.builder("magpie.redis.losses")
            .description("Connections to Redis that broke")
            .register(meters);
    this.refusals =
        Counter.builder("magpie.redis.refusals")
            .description("Publications that Redis answered with an error")
            .register(meters);
    meters.gauge("magpie.redis.up", this, self -> self.live ? 1 : 0);
    wanted.add(everybody);
  }

  public void start() {
    context.runOnContext(
        go -> {
          timer = vertx.setPeriodic(BEAT_MS, beat -> context.runOnContext(now -> beat()));
          search();
        });
  }

  /** Where listeners are called. */
  public Context context() {
    return context;
  }

  /** Whether every server was reached and has confirmed the ping. */
  public boolean live() {
    return live;
  }

  /** Whether Redis is live and said, a second ago at most, that no other node listens. */
  public boolean alone() {
    return alone;
  }

  /** Somebody else has been heard of. */
  public void notAlone() {
    alone = false;
  }

  /** Wishes to hear these channels from now on, whatever happens. */
  public void subscribe(Collection<String> channels) {
    List<String> named = List.copyOf(channels);
    context.runOnContext(
        go -> {
          wanted.addAll(named);
          byLink(named).forEach(Link::subscribe);
        });
  }

  public void unsubscribe(Collection<String> channels) {
    List<String> named = List.copyOf(channels);
    context.runOnContext(
        go -> {
          named.forEach(wanted::remove);
          byLink(named).forEach(Link::unsubscribe);
        });
  }

  /** Publishes soon, together with what else comes in this turn; drops when it cannot. */
  public void publish(List<Publication> publications) {
    context.runOnContext(
        go -> {
          if (links.isEmpty() || waiting.size() + publications.size() > MAX_WAITING) {
            dropped.increment(publications.size());
            return;
          }
          waiting.addAll(publications);
          if (!draining) {
            draining = true;
            context.runOnContext(later -> drain());
          }
        });
  }

  private Map<Link, List<String>> byLink(Collection<String> channels) {
    Map<Link, List<String>> found = new HashMap<>();
    for (String channel : channels) {
      link(channel)
          .ifPresent(link -> found.computeIfAbsent(link, l -> new ArrayList<>()).add(channel));
    }
    return found;
  }

  private Optional<Link> link(String channel) {
    int place = shards.of(channel);
    return place < 0 ? Optional.empty() : Optional.of(links.get(place));
  }

  /** Writes what waits, a batch for each server, and goes on when answers make room. */
  private void drain() {
    draining = false;
    Map<Link, List<Publication>> batches = new HashMap<>();
    List<Publication> later = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Publication next = waiting.poll();
      Optional<Link> link = link(next.channel()).filter(Link::up);
      if (link.isEmpty()) {
        dropped.increment();
        continue;
      }
      List<Publication> batch = batches.computeIfAbsent(link.get(), l -> new ArrayList<>());
      if (batch.size() < BATCH && inFlight.getOrDefault(link.get(), 0) < IN_FLIGHT) {
        batch.add(next);
      } else {
        later.add(next);
      }
    }
    waiting.addAll(later);
    batches.forEach(this::write);
  }

  private void write(Link link, List<Publication> batch) {
    if (batch.isEmpty()) {
      return;
    }
    inFlight.merge(link, 1, Integer::sum);
    link.publish(batch)
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      inFlight.computeIfPresent(link, (l, n) -> n == 1 ? null : n - 1);
                      if (!waiting.isEmpty() && !draining) {
                        drain();
                      }
                    }));
  }

  private void search() {
    if (searching || stopped) {
      return;
    }
    searching = true;
    topology
        .find()
        .onComplete(
            found ->
                context.runOnContext(
                    go -> {
                      searching = false;
                      if (stopped) {
                        return;
                      }
                      if (found.succeeded() && !found.result().all().isEmpty()) {
                        arrange(found.result());
                      } else {
                        retry("no server was found: " + found.cause());
                      }
                    }));
  }

  /** Keeps the links that still serve, opens the others. */
  private void arrange(Shards now) {
    Dialect dialect = now.sharded() ? Dialect.SHARDED : Dialect.COMMON;
    boolean sameDialect = now.sharded() == shards.sharded();
    Map<Shard, Link> kept = new HashMap<>();
    for (Link link : links) {
      if (sameDialect && !link.closed() && now.all().contains(link.shard())) {
        kept.put(link.shard(), link);
      } else {
        link.close();
      }
    }
    shards = now;
    List<Link> arranged = new ArrayList<>();
    List<Link> fresh = new ArrayList<>();
    for (Shard shard : now.all()) {
      Link link = kept.get(shard);
      if (link == null) {
        link = new Link(context, shard, dialect, ping(shard), new Ears());
        fresh.add(link);
      }
      arranged.add(link);
    }
    links = List.copyOf(arranged);
    fresh.forEach(link -> link.open(connector, () -> byLink(wanted).getOrDefault(link, List.of())));
  }

  /** A channel of this node alone that lies at that server. */
  private String ping(Shard shard) {
    String own = prefix + "ping:" + UUID.randomUUID() + ":";
    int n = 0;
    while (!shard.carries(own + n)) {
      n++;
    }
    return own + n;
  }

  private void retry(String why) {
    live = false;
    alone = false;
    if (retrying) {
      return;
    }
    retrying = true;
    long wait = backoff.nextMs();
    LOG.debug("Redis is tried again in {} ms: {}", wait, why);
    vertx.setTimer(
        wait,
        timer ->
            context.runOnContext(
                go -> {
                  retrying = false;
                  search();
                }));
  }

  private void beat() {
    for (Link link : links) {
      boolean asked = link.shard().carries(everybody);
      link.beat(everybody).onSuccess(count -> context.runOnContext(go -> counted(asked, count)));
    }
    boolean all = !links.isEmpty() && links.stream().allMatch(Link::up);
    if (all && !live) {
      LOG.info("Redis is connected");
      backoff.reset();
    }
    live = all;
    if (!live) {
      alone = false;
    }
  }

  /** In a Cluster without slots for channels a server counts only its own subscribers. */
  private void counted(boolean asked, Optional<Long> count) {
    boolean counts =
        shards.sharded() || connector.settings().shape() != RedisSettings.Shape.CLUSTER;
    if (asked && counts && count.isPresent()) {
      alone = live && count.get() == 1;
    }
  }

  public void stop() {
    context.runOnContext(
        go -> {
          stopped = true;
          live = false;
          vertx.cancelTimer(timer);
          links.forEach(Link::close);
        });
  }

  /** What the links tell. */
  private final class Ears implements Link.Watcher {
    @Override
    public void heard(String channel, Response payload) {
      listener.message(channel, payload.toBuffer());
    }

    @Override
    public void confirmed(Set<String> channels) {
      live = links.stream().allMatch(Link::up);
      channels.retainAll(wanted);
      listener.confirmed(channels);
    }

    @Override
    public void broken(Link link, String why) {
      if (stopped || !links.contains(link)) {
        return;
      }
      losses.increment();
      if (live) {
        LOG.warn(
            "Redis is lost ({}); what other nodes send comes by polling until it is back", why);
      }
      inFlight.remove(link);
      retry(why);
    }

    @Override
    public void refused(Throwable error) {
      refusals.increment();
      LOG.warn("Redis refuses publications: {}", error.getMessage());
    }
  }
}
