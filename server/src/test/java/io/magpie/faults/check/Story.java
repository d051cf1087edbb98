package io.magpie.faults.check;

import io.magpie.faults.history.History;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import io.magpie.faults.history.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes histories by hand. What is told happens well, step by step, a millisecond apart; then lines
 * are taken away or changed.
 */
final class Story {
  static final String[] NODES = {"n1", "n2", "n3"};
  private static final long STEP = 1_000;

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, String> users = new LinkedHashMap<>();
  private final Map<String, Integer> connections = new HashMap<>();
  private final Map<String, List<Stored>> streams = new LinkedHashMap<>();
  private final Map<String, List<String>> members = new HashMap<>();
  private int faults;
  private long t = 1_000_000;

  long now() {
    return t;
  }

  private long tick() {
    t += STEP;
    return t;
  }

  Story pause(long millis) {
    t += millis * 1_000;
    return this;
  }

  Story line(Line line) {
    lines.add(line);
    return this;
  }

  /** A device that is connected. */
  Story device(String client, String user) {
    users.put(client, user);
    lines.add(new Line.Device(tick(), client, user, "session of " + client));
    return up(client);
  }

  Story up(String client) {
    return up(client, "epoch");
  }

  Story up(String client, String epoch) {
    int number = connections.merge(client, 1, Integer::sum);
    return line(
        new Line.Link(tick(), client, "up", client + "#" + number, NODES[number % 3], epoch, 0));
  }

  Story down(String client) {
    return line(new Line.Link(tick(), client, "down", connection(client), "", "", 1006));
  }

  private String connection(String client) {
    return client + "#" + connections.get(client);
  }

  /** A conversation of users; their devices hold it. */
  Story group(String stream, String... people) {
    members.put(stream, new ArrayList<>(List.of(people)));
    store(stream, "conversation.created", "", "", List.of(people));
    devicesOf(stream).forEach(client -> lines.add(new Line.Subscribe(tick(), client, stream, 1)));
    return this;
  }

  long store(String stream, String kind, String clientId, String hash, List<String> concerned) {
    List<Stored> events = streams.computeIfAbsent(stream, id -> new ArrayList<>());
    long seq = events.size() + 1;
    events.add(new Stored(seq, kind, "somebody", clientId, hash, concerned));
    return seq;
  }

  List<String> devicesOf(String stream) {
    return users.entrySet().stream()
        .filter(entry -> members.get(stream).contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Sends, is acknowledged, and all members apply it. */
  Story say(String client, String stream, String id) {
    invoke(client, stream, id);
    long seq = store(stream, "message.sent", id, "hash of " + id, List.of());
    ack(client, stream, id, seq);
    devicesOf(stream).forEach(one -> deliver(one, stream, seq));
    return this;
  }

  Story invoke(String client, String stream, String id) {
    return line(new Line.Send(tick(), Phase.INVOKE, client, stream, id, 0, "hash of " + id, ""));
  }

  Story ack(String client, String stream, String id, long seq) {
    line(new Line.Try(tick(), Phase.OK, client, connection(client), id, STEP, ""));
    return line(new Line.Send(tick(), Phase.OK, client, stream, id, seq, "", ""));
  }

  Story tried(String client, String id, Phase phase, long millis) {
    return line(
        new Line.Try(tick(), phase, client, connection(client), id, millis * 1_000, "unavailable"));
  }

  Story refuse(String client, String stream, String id) {
    return line(new Line.Send(tick(), Phase.FAIL, client, stream, id, 0, "", "text_too_long"));
  }

  Story unknown(String client, String stream, String id) {
    tried(client, id, Phase.INFO, 1);
    return line(new Line.Send(tick(), Phase.INFO, client, stream, id, 0, "", "run_ended"));
  }

  Story deliver(String client, String stream, long seq) {
    Stored event = streams.get(stream).get((int) seq - 1);
    return line(
        new Line.Deliver(
            tick(),
            client,
            connection(client),
            stream,
            seq,
            event.kind(),
            event.clientId(),
            event.hash()));
  }

  Story remove(String stream, String user) {
    List<String> before = devicesOf(stream);
    long seq = store(stream, "member.removed", "", "", List.of(user));
    before.forEach(client -> deliver(client, stream, seq));
    members.get(stream).remove(user);
    return this;
  }

  Story add(String stream, String user) {
    members.get(stream).add(user);
    long seq = store(stream, "member.added", "", "", List.of(user));
    devicesOf(stream).forEach(client -> deliver(client, stream, seq));
    return this;
  }

  /** Something fails and is mended while `meanwhile` is told. */
  Story fault(String name, Runnable meanwhile) {
    String id = name + "-" + ++faults;
    line(new Line.Fault(tick(), Phase.INVOKE, id, name, ""));
    meanwhile.run();
    line(new Line.Fault(tick(), Phase.INFO, id, name, ""));
    return line(new Line.Fault(tick(), Phase.OK, id, name, "probed"));
  }

  /** What all nodes tell at the end. */
  Story finish() {
    for (String node : NODES) {
      streams.forEach(
          (stream, events) ->
              lines.add(
                  new Line.Final(tick(), node, stream, 0, events.size(), events.size(), events)));
    }
    return this;
  }

  Story without(Predicate<Line> gone) {
    lines.removeIf(gone);
    return this;
  }

  Story change(UnaryOperator<Line> change) {
    lines.replaceAll(change);
    return this;
  }

  /** Changes what the nodes of a name (all with a star) hold of a stream at the end. */
  Story changeFinal(String node, String stream, UnaryOperator<List<Stored>> change) {
    return change(
        line ->
            line instanceof Line.Final page
                    && page.stream().equals(stream)
                    && (node.equals("*") || page.node().equals(node))
                ? changed(page, change.apply(new ArrayList<>(page.events())))
                : line);
  }

  private static Line changed(Line.Final page, List<Stored> events) {
    long head = events.stream().mapToLong(Stored::seq).max().orElse(0);
    return new Line.Final(page.t(), page.node(), page.stream(), 0, head, head, events);
  }

  History history() {
    List<Line> inOrder = new ArrayList<>(lines);
    inOrder.sort((one, two) -> Long.compare(one.t(), two.t()));
    return new History(inOrder, 0);
  }
}
