package io.magpie.faults.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * From the ack of a message until all members who were online at that moment had applied it, over
 * all messages, in milliseconds; and from the last heal until everybody had everything acknowledged
 * before, or from their return where they had left.
 *
 * @param healedMs empty without a fault, or where somebody never got everything
 * @param worst the slowest messages, the slowest first
 * @param gone from the moment somebody vanished until each who watched was told
 */
public record Timing(
    double p50Ms,
    double p95Ms,
    double p99Ms,
    double maxMs,
    OptionalLong healedMs,
    List<Slow> worst,
    Gone gone) {
  private static final int WORST = 8;

  /** A message, and the last device that applied it. */
  public record Slow(String clientId, String stream, long seq, double ms, String lastDevice) {}

  /**
   * How soon people who vanish are shown as gone.
   *
   * @param seen how often somebody could see it
   */
  public record Gone(int seen, double p50Ms, double maxMs) {
    static Gone of(Facts facts, Rules rules) {
      Map<String, List<Watch.Truth>> truths = Watch.truths(facts, rules.bounds().presence());
      double[] all =
          Watch.all(facts).stream()
              .flatMap(
                  watch ->
                      truths.getOrDefault(watch.about(), List.of()).stream()
                          .filter(truth -> truth.gone() && watch.sees(truth))
                          .map(watch::learned))
              .flatMapToLong(OptionalLong::stream)
              .mapToDouble(micros -> micros / 1_000.0)
              .sorted()
              .toArray();
      return all.length == 0
          ? new Gone(0, 0, 0)
          : new Gone(all.length, all[(all.length - 1) / 2], all[all.length - 1]);
    }
  }

  static Timing of(Facts facts, Rules rules) {
    Map<String, Slow> slowest = new HashMap<>();
    long healed = facts.healedAt();
    long whole = 0;
    boolean missing = false;
    for (Feed feed : facts.feeds()) {
      StoredStream stored = facts.streams.get(feed.stream);
      if (stored == null) {
        continue;
      }
      for (long seq : feed.required(stored)) {
        Sent sent = facts.sends.get(stored.events.get(seq).clientId());
        if (sent == null || !sent.acked()) {
          continue;
        }
        OptionalLong applied = feed.appliedAt(seq);
        if (applied.isPresent()
            && feed.device.onlineAt(sent.ackedAt())
            && !feed.device.leftIn(new Interval(sent.ackedAt(), applied.getAsLong()))) {
          double ms = Math.max(0, applied.getAsLong() - sent.ackedAt()) / 1_000.0;
          Slow here = new Slow(sent.id(), feed.stream, seq, ms, feed.device.client());
          slowest.merge(sent.id(), here, (one, two) -> two.ms() > one.ms() ? two : one);
        }
        if (sent.ackedAt() <= healed && feed.device.onlineAt(facts.finalAt())) {
          missing |= applied.isEmpty();
          long could = Math.max(healed, feed.device.returnedBefore(applied.orElse(0)));
          whole = Math.max(whole, applied.orElse(0) - could);
        }
      }
    }
    OptionalLong healedMs =
        missing || facts.faults.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, whole) / 1_000);
    return of(new ArrayList<>(slowest.values()), healedMs, Gone.of(facts, rules));
  }

  private static Timing of(List<Slow> all, OptionalLong healedMs, Gone gone) {
    all.sort(Comparator.comparingDouble(Slow::ms));
    List<Slow> worst = new ArrayList<>(all.subList(Math.max(0, all.size() - WORST), all.size()));
    Collections.reverse(worst);
    return new Timing(
        at(all, 0.50),
        at(all, 0.95),
        at(all, 0.99),
        at(all, 1),
        healedMs,
        List.copyOf(worst),
        gone);
  }

  private static double at(List<Slow> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1).ms();
  }
}
