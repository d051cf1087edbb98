package io.magpie.faults.check;

import io.magpie.faults.history.Line;

/** Another epoch is told for each stream that a device holds: I11. */
final class CursorCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    for (DeviceLog device : facts.devices.values()) {
      for (int i = 1; i < device.ups.size(); i++) {
        DeviceLog.Up now = device.ups.get(i);
        if (!now.epoch().equals(device.ups.get(i - 1).epoch())) {
          told(device, now, facts, findings);
        }
      }
    }
  }

  private static void told(DeviceLog device, DeviceLog.Up now, Facts facts, Findings findings) {
    for (Feed feed : device.feeds.values()) {
      boolean held = feed.lines.stream().anyMatch(line -> line.t() < now.time().from());
      boolean told =
          feed.lines.stream()
              .anyMatch(line -> line instanceof Line.Resync && now.time().contains(line.t()));
      boolean mine =
          facts.streams.containsKey(feed.stream)
              && facts.streams.get(feed.stream).memberships(device.user()).stream()
                  .anyMatch(membership -> membership.to() == Long.MAX_VALUE);
      if (held && mine && !told && now.time().contains(facts.finalAt())) {
        findings.add(Invariant.I11, "%s was not told of the new epoch", feed);
      }
    }
  }
}
