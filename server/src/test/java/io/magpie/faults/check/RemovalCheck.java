package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Members who were removed: their devices know it soon, on whichever node they are (I9). */
final class RemovalCheck implements Check {
  /** Who connects between a removal and its answer is not told: the stream is not theirs. */
  private static final long ASKING = Micros.of(Duration.ofSeconds(1));

  /** A removal and a device that could be told of it within a bound. */
  private record Told(Line.Remove removal, Feed feed, Duration bound) {
    boolean inTime() {
      OptionalLong applied = feed.appliedAt(removal.seq());
      return applied.isPresent() && applied.getAsLong() <= removal.t() + Micros.of(bound);
    }
  }

  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    told(facts, rules)
        .filter(told -> !told.inTime())
        .forEach(
            told ->
                findings.add(
                    Invariant.I9,
                    "%s did not learn of the removal %d within %d ms",
                    told.feed(),
                    told.removal().seq(),
                    told.bound().toMillis()));
  }

  /** How many could be told within that bound. */
  static long judged(Facts facts, Rules rules, Duration bound) {
    return told(facts, rules).filter(told -> told.bound().equals(bound)).count();
  }

  private static Stream<Told> told(Facts facts, Rules rules) {
    return facts.removals.stream()
        .filter(removal -> removed(facts, removal))
        .flatMap(
            removal ->
                Revocations.bound(facts, rules, removal.t()).stream()
                    .flatMap(bound -> devices(facts, removal, bound)));
  }

  private static Stream<Told> devices(Facts facts, Line.Remove removal, Duration bound) {
    Interval time = new Interval(removal.t() - ASKING, removal.t() + Micros.of(bound));
    return facts.devices.values().stream()
        .filter(device -> device.user().equals(removal.user()) && device.onlineThroughout(time))
        .flatMap(device -> Optional.ofNullable(device.feeds.get(removal.stream())).stream())
        .filter(feed -> holds(feed, facts, removal))
        .map(feed -> new Told(removal, feed, bound));
  }

  /** The answer of a removal that was asked for twice may name any number. */
  private static boolean removed(Facts facts, Line.Remove removal) {
    StoredStream stored = facts.streams.get(removal.stream());
    return stored != null
        && stored.memberships(removal.user()).stream().anyMatch(one -> one.to() == removal.seq());
  }

  private static boolean holds(Feed feed, Facts facts, Line.Remove removal) {
    return facts.streams.get(removal.stream()).memberships(removal.user()).stream()
        .filter(membership -> membership.to() == removal.seq())
        .anyMatch(
            membership ->
                feed.lines.stream()
                    .anyMatch(line -> line.t() < removal.t() && within(line, membership)));
  }

  private static boolean within(Line line, Interval membership) {
    return line instanceof Line.Deliver deliver && membership.contains(deliver.seq())
        || line instanceof Line.Subscribe held && membership.contains(held.seq());
  }
}
