package io.magpie.faults.check;

import io.magpie.faults.history.Phase;

/**
 * How much happened.
 *
 * @param unknown sends without an answer for good at the end
 * @param recovered of those, the ones that are stored
 * @param lost acknowledged and not stored
 * @param doubled stored, or applied by a device, more than once
 * @param outOfOrder numbers, deliveries and pushes against the order, and holes
 * @param wireDuplicates events pushed twice on one connection; allowed, the client drops them
 * @param unknownTries transmissions that nobody answered before their connection ended
 */
public record Counts(
    int attempted,
    int acked,
    int refused,
    int unknown,
    int recovered,
    int lost,
    int doubled,
    int outOfOrder,
    int wireDuplicates,
    int deliveries,
    int reconnects,
    int unknownTries) {

  static Counts of(Facts facts, Findings findings) {
    return new Counts(
        facts.sends.size(),
        ended(facts, Phase.OK),
        ended(facts, Phase.FAIL),
        ended(facts, Phase.INFO),
        recovered(facts),
        findings.count(Invariant.I1),
        findings.count(Invariant.I3) + findings.count(Invariant.I4),
        findings.count(Invariant.I5) + findings.count(Invariant.I6),
        (int) facts.wires.stream().filter(wire -> wire.what().equals("duplicate")).count(),
        facts.feeds().stream().mapToInt(Feed::deliveries).sum(),
        facts.devices.values().stream().mapToInt(d -> Math.max(0, d.ups.size() - 1)).sum(),
        (int) facts.tries.stream().filter(one -> one.phase() == Phase.INFO).count());
  }

  private static int ended(Facts facts, Phase phase) {
    return (int) facts.sends.values().stream().filter(sent -> sent.outcome == phase).count();
  }

  private static int recovered(Facts facts) {
    return (int)
        facts.streams.values().stream()
            .flatMap(stream -> stream.events.values().stream())
            .map(event -> facts.sends.get(event.clientId()))
            .filter(sent -> sent != null && sent.outcome == Phase.INFO)
            .count();
  }
}
