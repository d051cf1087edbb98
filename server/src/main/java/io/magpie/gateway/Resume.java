package io.magpie.gateway;

import io.magpie.fanout.Hub;
import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.ServerFrame;
import io.magpie.protocol.ServerFrame.StreamState;
import io.magpie.stream.Event;
import io.magpie.stream.OwnStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides for each stream from where a client is served: small gaps are pushed, large ones are left
 * to the client, which pulls them page by page at its own pace.
 */
final class Resume {
  /** Missed events of one stream that are pushed at most. */
  static final int PER_STREAM = 100;

  /** Missed events of all streams together that are pushed at most; fits the outbound queue. */
  static final int IN_ALL = 400;

  /** Characters of all these events together; fits the outbound queue four times. */
  static final int CHARS_IN_ALL = 256 * 1024;

  private static final int STATES_PER_FRAME = 200;

  private final Map<UUID, OwnStream> own = new LinkedHashMap<>();
  private final Map<UUID, Long> cursors = new LinkedHashMap<>();
  private final Map<UUID, List<Event>> pushed = new LinkedHashMap<>();
  private final Map<UUID, Long> after = new LinkedHashMap<>();
  private final List<ServerFrame> resyncs = new ArrayList<>();

  Resume(ClientFrame.Hello hello, List<OwnStream> streams, UUID epoch) {
    boolean sameEpoch = hello.epoch().map(epoch::equals).orElse(hello.cursors().isEmpty());
    for (OwnStream stream : streams) {
      own.put(stream.stream(), stream);
      cursors.put(stream.stream(), start(stream, hello.cursors().get(stream.stream()), sameEpoch));
    }
  }

  private long start(OwnStream stream, Long cursor, boolean sameEpoch) {
    if (cursor == null) {
      return stream.head();
    }
    if (!sameEpoch) {
      return resync(stream, "epoch");
    }
    if (cursor > stream.head()) {
      return resync(stream, "ahead");
    }
    if (cursor < stream.first() - 1) {
      return resync(stream, "retention");
    }
    return Math.max(cursor, stream.from() - 1);
  }

  private long resync(OwnStream stream, String reason) {
    resyncs.add(
        new ServerFrame.ResyncRequired(
            stream.stream(), Math.max(stream.first(), stream.from()), stream.head(), reason));
    return stream.head();
  }

  /** From where each stream is read. */
  Map<UUID, Long> cursors() {
    return cursors;
  }

  List<ServerFrame> resyncs() {
    return resyncs;
  }

  /** What the database has after the cursors. */
  void missed(Map<UUID, List<Event>> events) {
    int left = IN_ALL;
    long charsLeft = CHARS_IN_ALL;
    for (OwnStream stream : own.values()) {
      List<Event> found = events.getOrDefault(stream.stream(), List.of());
      long chars = found.stream().mapToLong(event -> event.data().length()).sum();
      if (found.size() <= PER_STREAM && found.size() <= left && chars <= charsLeft) {
        left -= found.size();
        charsLeft -= chars;
        pushed.put(stream.stream(), found);
        after.put(stream.stream(), cursors.get(stream.stream()));
      } else {
        pushed.put(stream.stream(), List.of());
        after.put(stream.stream(), Math.max(stream.head(), cursors.get(stream.stream())));
      }
    }
  }

  /** The states for welcome and the frames after it; at least one page. */
  List<List<StreamState>> pages() {
    List<List<StreamState>> pages = new ArrayList<>();
    List<StreamState> page = new ArrayList<>();
    pages.add(page);
    for (OwnStream stream : own.values()) {
      if (page.size() == STATES_PER_FRAME) {
        page = new ArrayList<>();
        pages.add(page);
      }
      long from = after.get(stream.stream());
      page.add(
          new StreamState(
              stream.stream(), stream.kind().code(), Math.max(stream.head(), from), from));
    }
    return pages;
  }

  /** Gives the missed events and joins the topics. */
  void push(Connection connection, Hub hub) {
    pushed.forEach(
        (stream, events) -> {
          events.forEach(connection::event);
          long upTo = events.isEmpty() ? after.get(stream) : events.get(events.size() - 1).seq();
          hub.join(connection, stream, upTo);
        });
  }
}
