package io.magpie.fanout;

import io.magpie.redis.PubSub;
import io.magpie.redis.PubSubListener;
import io.magpie.redis.Publication;
import io.magpie.redis.RedisSettings;
import io.magpie.stream.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events and signals to and from the other nodes, by Redis. A stream has a channel of its own, to
 * which only nodes with readers of it subscribe; one more channel is for all nodes. Everything that
 * comes is checked before it is believed, and nothing of it has to come.
 *
 * <p>While no other node listens nothing is published.
 */
public final class Relay implements Broadcast, PubSubListener {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** Longer messages are sent in parts. */
  private static final int MAX_EVENTS = 100;

  private static final long COMPLAIN_NS = 10_000_000_000L;

  private final PubSub pubSub;
  private final Envelope envelope;
  private final Interest interest;
  private final String streams;
  private final String everybody;
  private final Counter received;
  private final Counter rejected;
  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
  private Receiver receiver;
  private long complainedAt = System.nanoTime() - COMPLAIN_NS;

  /** Who takes what other nodes send; called on the relay's event loop. */
  interface Receiver {
    void events(UUID stream, List<EventCodec.Hint> hints);

    void signal(Signal signal);

    /** From now on these streams' events come; earlier ones have to be read. */
    void listening(Set<UUID> streams);
  }

  public Relay(Vertx vertx, RedisSettings settings, NodeSecret secret, MeterRegistry meters) {
    this.streams = secret.prefix() + "s:";
    this.everybody = secret.prefix() + "nodes";
    this.pubSub = new PubSub(vertx, settings, secret.prefix(), everybody, this, meters);
    this.envelope = new Envelope(secret.key(), UUID.randomUUID());
    this.interest = new Interest(vertx, pubSub, stream -> streams + stream);
    this.received =
        Counter.builder("magpie.fanout.received")
            .description("Messages of other nodes")
            .register(meters);
    this.rejected =
        Counter.builder("magpie.fanout.rejected")
            .description("Messages on our channels that no node of this installation has sent")
            .register(meters);
  }

  void start(Receiver to) {
    receiver = to;
    pubSub.start();
    interest.start();
  }

  void stop() {
    interest.stop();
    pubSub.stop();
  }

  /** Counts for each stream how many event loops have readers of it. */
  Interest interest() {
    return interest;
  }

  /** Whether Redis carries messages now. */
  public boolean live() {
    return pubSub.live();
  }

  /** After the commit, in the order of the numbers. */
  void announce(List<Event> events) {
    if (pubSub.alone()) {
      return;
    }
    Map<UUID, List<Event>> byStream = new LinkedHashMap<>();
    events.forEach(e -> byStream.computeIfAbsent(e.stream(), s -> new ArrayList<>()).add(e));
    pubSub
        .context()
        .runOnContext(
            go -> {
              List<Publication> publications = new ArrayList<>();
              byStream.forEach((stream, own) -> seal(stream, own, publications));
              pubSub.publish(publications);
            });
  }

  private void seal(UUID stream, List<Event> events, List<Publication> publications) {
    String channel = streams + stream;
    for (int i = 0; i < events.size(); i += MAX_EVENTS) {
      List<Event> part = events.subList(i, Math.min(events.size(), i + MAX_EVENTS));
      publications.add(
          new Publication(
              channel, envelope.seal(channel, Envelope.EVENTS, EventCodec.encode(part))));
    }
  }

  void announce(Signal signal) {
    if (!pubSub.alone()) {
      publish(streams + signal.stream(), Envelope.SIGNAL, SignalCodec.encode(signal));
    }
  }

  @Override
  public void send(String topic, String json) {
    if (!pubSub.alone()) {
      byte[] body = (topic + "\n" + json).getBytes(StandardCharsets.UTF_8);
      publish(everybody, Envelope.BROADCAST, body);
    }
  }

  private void publish(String channel, byte kind, byte[] body) {
    pubSub
        .context()
        .runOnContext(
            go ->
                pubSub.publish(
                    List.of(new Publication(channel, envelope.seal(channel, kind, body)))));
  }

  @Override
  public void listen(String topic, Consumer<String> listener) {
    listeners.computeIfAbsent(topic, key -> new CopyOnWriteArrayList<>()).add(listener);
  }

  @Override
  public void confirmed(Set<String> channels) {
    if (channels.remove(everybody)) {
      publish(everybody, Envelope.BROADCAST, "node.here\n".getBytes(StandardCharsets.US_ASCII));
    }
    Set<UUID> now = ConcurrentHashMap.newKeySet();
    channels.forEach(channel -> stream(channel).ifPresent(now::add));
    if (!now.isEmpty()) {
      receiver.listening(now);
    }
  }

  @Override
  public void message(String channel, Buffer payload) {
    if (envelope.own(payload)) {
      return;
    }
    Optional<Envelope.Opened> opened = envelope.open(channel, payload);
    if (opened.isEmpty()) {
      reject(channel, "it is not signed by a node");
      return;
    }
    pubSub.notAlone();
    received.increment();
    try {
      take(channel, opened.get());
    } catch (IllegalArgumentException e) {
      reject(channel, e.getMessage());
    }
  }

  private void take(String channel, Envelope.Opened opened) {
    switch (opened.kind()) {
      case Envelope.EVENTS ->
          stream(channel)
              .ifPresent(id -> receiver.events(id, EventCodec.decode(id, opened.body())));
      case Envelope.SIGNAL ->
          stream(channel).ifPresent(id -> receiver.signal(SignalCodec.decode(id, opened.body())));
      case Envelope.BROADCAST -> told(new String(opened.body(), StandardCharsets.UTF_8));
      default -> LOG.debug("a message of kind {} is of a newer version", opened.kind());
    }
  }

  private void told(String text) {
    int end = text.indexOf('\n');
    if (end < 0) {
      throw new IllegalArgumentException("a message of a node has no topic");
    }
    String json = text.substring(end + 1);
    for (Consumer<String> listener : listeners.getOrDefault(text.substring(0, end), List.of())) {
      try {
        listener.accept(json);
      } catch (RuntimeException e) {
        LOG.error("what another node sent could not be taken", e);
      }
    }
  }

  private Optional<UUID> stream(String channel) {
    return channel.startsWith(streams)
        ? Optional.of(UUID.fromString(channel.substring(streams.length())))
        : Optional.empty();
  }

  /** Counted each, told seldom: whoever can send these can send many. */
  private void reject(String channel, String why) {
    rejected.increment();
    long now = System.nanoTime();
    if (now - complainedAt > COMPLAIN_NS) {
      complainedAt = now;
      LOG.atWarn()
          .addKeyValue("channel", channel)
          .log("A message in Redis is ignored: {}. Who else may publish there?", why);
    }
  }
}
