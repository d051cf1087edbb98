package io.magpie.faults.check;

import io.magpie.faults.history.History;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A history, indexed. */
final class Facts {
  /** By client id, in the order of their invocations. */
  final Map<String, Sent> sends = new LinkedHashMap<>();

  final Map<String, DeviceLog> devices = new LinkedHashMap<>();
  final Map<String, Map<String, StoredStream>> nodes = new TreeMap<>();

  /** Each stream as the node that holds most of it tells. */
  final Map<String, StoredStream> streams = new HashMap<>();

  final List<FaultWindow> faults = new ArrayList<>();
  final List<Line.Try> tries = new ArrayList<>();
  final List<Line.Wire> wires = new ArrayList<>();
  final List<Line.Read> reads = new ArrayList<>();
  final List<Line.Presence> presences = new ArrayList<>();
  final List<Line.PresenceIs> presenceTruths = new ArrayList<>();
  final List<Line.Revoke> revokes = new ArrayList<>();
  final List<Line.Remove> removals = new ArrayList<>();
  private final Map<String, FaultWindow> faultsById = new HashMap<>();
  private long finalAt = Long.MAX_VALUE;

  Facts(History history) {
    history.lines().forEach(this::add);
    nodes
        .values()
        .forEach(
            held ->
                held.forEach(
                    (id, stream) ->
                        streams.merge(
                            id, stream, (one, two) -> two.head() > one.head() ? two : one)));
    streams.values().forEach(StoredStream::computeMembers);
  }

  private void add(Line line) {
    if (line instanceof Line.Device device) {
      devices.computeIfAbsent(device.client(), id -> new DeviceLog(device));
      devices.get(device.client()).session(device.session());
    } else if (line instanceof Line.Link link) {
      device(link.client()).link(link);
    } else if (line instanceof Line.Send send) {
      add(send);
    } else if (line instanceof Line.Deliver deliver) {
      device(deliver.client()).feed(deliver.stream()).add(deliver);
    } else if (line instanceof Line.Subscribe subscribe) {
      device(subscribe.client()).feed(subscribe.stream()).add(subscribe);
    } else if (line instanceof Line.Resync resync) {
      device(resync.client()).feed(resync.stream()).add(resync);
    } else if (line instanceof Line.Final page) {
      finalAt = Math.min(finalAt, page.t());
      nodes
          .computeIfAbsent(page.node(), none -> new HashMap<>())
          .computeIfAbsent(page.stream(), StoredStream::new)
          .add(page);
    } else if (line instanceof Line.Fault fault) {
      add(fault);
    } else {
      keep(line);
    }
  }

  private void keep(Line line) {
    if (line instanceof Line.Try one) {
      tries.add(one);
    } else if (line instanceof Line.Wire wire) {
      wires.add(wire);
    } else if (line instanceof Line.Read read) {
      reads.add(read);
    } else if (line instanceof Line.Presence presence) {
      presences.add(presence);
    } else if (line instanceof Line.PresenceIs truth) {
      presenceTruths.add(truth);
    } else if (line instanceof Line.Revoke revoke) {
      revokes.add(revoke);
    } else if (line instanceof Line.Remove removal) {
      removals.add(removal);
    }
  }

  private void add(Line.Send send) {
    if (send.phase() == Phase.INVOKE) {
      sends.putIfAbsent(send.clientId(), new Sent(send));
    } else {
      sends.computeIfAbsent(send.clientId(), id -> new Sent(send)).ended(send);
    }
  }

  private void add(Line.Fault fault) {
    if (fault.phase() == Phase.INVOKE) {
      FaultWindow window = new FaultWindow(fault);
      faults.add(window);
      faultsById.put(fault.id(), window);
    } else {
      faultsById.get(fault.id()).next(fault);
    }
  }

  /** A device that was not introduced belongs to nobody, so that nothing it gets is its own. */
  private DeviceLog device(String client) {
    return devices.computeIfAbsent(
        client, id -> new DeviceLog(new Line.Device(0, id, "nobody", "")));
  }

  Collection<Feed> feeds() {
    return devices.values().stream().flatMap(device -> device.feeds.values().stream()).toList();
  }

  /** When the last fault was over; 0 where there was none. */
  long healedAt() {
    return faults.stream().mapToLong(fault -> fault.time().to()).max().orElse(0);
  }

  /** When what is at the end began to be read; whoever is online then must have everything. */
  long finalAt() {
    return finalAt;
  }
}
