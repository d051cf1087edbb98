package io.magpie.gateway;

import io.magpie.fanout.Hub;
import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.ServerFrame;
import io.magpie.protocol.ServerFrame.StreamState;
import io.magpie.stream.Event;
import io.magpie.stream.Missed;
import io.magpie.stream.OwnStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides for each stream from where a client is served: small gaps are read and pushed, large ones
 * are left to the client, which pulls them page by page at its own pace. What is read for one hello
 * is bounded whatever cursors it names.
 */
final class Resume {
  /** Missed events of one stream that are pushed at most. */
  static final int PER_STREAM = 100;

  /** Missed events of all streams together that are read at most; fits the outbound queue. */
  static final int IN_ALL = 400;

  /** Bytes of their data together; fits the outbound queue four times. */
  static final long BYTES_IN_ALL = 256 * 1024;

  private static final int STATES_PER_FRAME = 200;

  private final Map<UUID, OwnStream> own = new LinkedHashMap<>();
  private final Map<UUID, Long> starts = new LinkedHashMap<>();
  private final Map<UUID, Long> wanted = new LinkedHashMap<>();
  private final Map<UUID, Serving> servings = new LinkedHashMap<>();
  private final List<ServerFrame> resyncs = new ArrayList<>();
  private final Map<UUID, ResumeKind> kinds = new HashMap<>();

  /**
   * How one stream goes on.
   *
   * @param after the server pushes every event after this one
   * @param missed the first of them, which the client missed
   * @param head last number of the stream
   */
  private record Serving(long after, List<Event> missed, long head) {
    long upTo() {
      return missed.isEmpty() ? after : missed.get(missed.size() - 1).seq();
    }
  }

  Resume(ClientFrame.Hello hello, List<OwnStream> streams, UUID epoch) {
    boolean sameEpoch = hello.epoch().map(epoch::equals).orElse(hello.cursors().isEmpty());
    int left = IN_ALL;
    for (OwnStream stream : streams) {
      long start = start(stream, hello.cursors().get(stream.stream()), sameEpoch);
      long gap = stream.head() - start;
      own.put(stream.stream(), stream);
      starts.put(stream.stream(), start);
      if (gap > 0 && gap <= PER_STREAM && gap <= left) {
        left -= (int) gap;
        wanted.put(stream.stream(), start);
      }
    }
  }

  private long start(OwnStream stream, Long cursor, boolean sameEpoch) {
    if (cursor == null) {
      kinds.put(stream.stream(), ResumeKind.FRESH);
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
    kinds.put(stream.stream(), ResumeKind.RESYNC);
    resyncs.add(
        new ServerFrame.ResyncRequired(
            stream.stream(), Math.max(stream.first(), stream.from()), stream.head(), reason));
    return stream.head();
  }

  /** From where each stream is served at the earliest. */
  Map<UUID, Long> starts() {
    return starts;
  }

  /** Streams whose missed events are worth reading, with their cursors. */
  Map<UUID, Long> wanted() {
    return wanted;
  }

  List<ServerFrame> resyncs() {
    return resyncs;
  }

  /**
   * Takes what was read after the connection was registered with the hub: whatever is newer comes
   * by the topics.
   */
  void decide(Missed missed) {
    for (OwnStream stream : own.values()) {
      UUID id = stream.stream();
      long start = starts.get(id);
      long head = Math.max(start, missed.heads().getOrDefault(id, stream.head()));
      List<Event> found = missed.events().getOrDefault(id, List.of());
      long upTo = found.isEmpty() ? start : found.get(found.size() - 1).seq();
      Serving serving =
          upTo >= head
              ? new Serving(start, found, Math.max(head, upTo))
              : new Serving(head, List.of(), head);
      servings.put(id, serving);
      kinds.putIfAbsent(id, kind(serving, start));
    }
  }

  private static ResumeKind kind(Serving serving, long start) {
    if (serving.after() > start) {
      return ResumeKind.PULL;
    }
    return serving.missed().isEmpty() ? ResumeKind.CURRENT : ResumeKind.PUSHED;
  }

  /** How each stream goes on. */
  Collection<ResumeKind> kinds() {
    return kinds.values();
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
      Serving serving = servings.get(stream.stream());
      page.add(
          new StreamState(stream.stream(), stream.kind().code(), serving.head(), serving.after()));
    }
    return pages;
  }

  /** Gives the missed events and joins the topics. */
  void push(Connection connection, Hub hub) {
    servings.forEach(
        (stream, serving) -> {
          serving.missed().forEach(connection::event);
          hub.join(connection, stream, serving.upTo());
        });
  }
}
