package io.magpie.redis;

import io.magpie.testkit.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node as far as Redis sees it: notes what it hears. */
final class Ear implements PubSubListener, AutoCloseable {
  static final String EVERYBODY = "magpie:t:nodes";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final PubSub pubSub;

  Ear(Vertx vertx, RedisSettings settings) {
    pubSub = new PubSub(vertx, settings, "magpie:t:", EVERYBODY, this, new SimpleMeterRegistry());
    pubSub.start();
  }

  PubSub pubSub() {
    return pubSub;
  }

  @Override
  public void message(String channel, Buffer payload) {
    heard.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(payload.toString());
  }

  @Override
  public void confirmed(Set<String> channels) {
    confirmed.addAll(channels);
  }

  Ear subscribed(String... channels) {
    pubSub.subscribe(List.of(channels));
    Deadline.await("confirmation", LONGEST, () -> confirmed.containsAll(List.of(channels)));
    return this;
  }

  void say(String channel, String text) {
    pubSub.publish(List.of(new Publication(channel, Buffer.buffer(text))));
  }

  List<String> heard(String channel) {
    return heard.getOrDefault(channel, List.of());
  }

  /** Says new things until the other one hears one of them. */
  void reaches(Ear other, String channel) {
    int[] n = {other.heard(channel).size()};
    int before = n[0];
    Deadline.await(
        "a message on " + channel,
        LONGEST,
        () -> {
          say(channel, "n" + n[0]++);
          return other.heard(channel).size() > before;
        });
  }

  @Override
  public void close() {
    pubSub.stop();
  }
}
