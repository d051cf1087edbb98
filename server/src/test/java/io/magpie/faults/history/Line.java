package io.magpie.faults.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * One line of a history: {@code {"t": …, "op": "send", …}}. {@code t} is microseconds of the
 * machine's monotonic clock, the same in every process of one machine ({@code System.nanoTime()} in
 * Java, {@code process.hrtime} in Node). Writers add the wall time as {@code at}, for people; no
 * check reads it. A text that is absent is empty, a number that is absent is 0. {@code client} is
 * one device that lives for the whole run, over many connections.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
  @JsonSubTypes.Type(Line.Device.class),
  @JsonSubTypes.Type(Line.Link.class),
  @JsonSubTypes.Type(Line.Send.class),
  @JsonSubTypes.Type(Line.Try.class),
  @JsonSubTypes.Type(Line.Subscribe.class),
  @JsonSubTypes.Type(Line.Deliver.class),
  @JsonSubTypes.Type(Line.Wire.class),
  @JsonSubTypes.Type(Line.Resync.class),
  @JsonSubTypes.Type(Line.Read.class),
  @JsonSubTypes.Type(Line.Presence.class),
  @JsonSubTypes.Type(Line.PresenceIs.class),
  @JsonSubTypes.Type(Line.Revoke.class),
  @JsonSubTypes.Type(Line.Remove.class),
  @JsonSubTypes.Type(Line.Fault.class),
  @JsonSubTypes.Type(Line.Mark.class),
  @JsonSubTypes.Type(Line.Final.class)
})
public sealed interface Line {
  /** Microseconds, monotonic. */
  long t();

  /** A device, before its first other line. */
  @JsonTypeName("device")
  record Device(long t, String client, String user, String session) implements Line {
    public Device {
      session = Texts.orEmpty(session);
    }
  }

  /**
   * The connection of a device: {@code up} at its welcome (with connection, node, epoch), {@code
   * live} when it has caught up, {@code down} at its end (with the close code); {@code left} when
   * the device does not want another one for now.
   */
  @JsonTypeName("link")
  record Link(
      long t, String client, String state, String connection, String node, String epoch, int code)
      implements Line {
    public Link {
      connection = Texts.orEmpty(connection);
      node = Texts.orEmpty(node);
      epoch = Texts.orEmpty(epoch);
    }
  }

  /**
   * A send as the application sees it: {@code invoke} when it calls the SDK (conversation and hash
   * of the body), {@code ok} with the number at the ack, {@code fail} only when it was refused and
   * no earlier try can have been stored, {@code info} when that is not known at the end.
   */
  @JsonTypeName("send")
  record Send(
      long t,
      Phase phase,
      String client,
      String conversation,
      String clientId,
      long seq,
      String hash,
      String code)
      implements Line {
    public Send {
      conversation = Texts.orEmpty(conversation);
      hash = Texts.orEmpty(hash);
      code = Texts.orEmpty(code);
    }
  }

  /**
   * One transmission of a send over one connection, written when it ended: {@code ok} acked, {@code
   * fail} refused with {@code code}, {@code info} nothing came before the connection or the run
   * ended.
   *
   * @param micros from the request to its end
   */
  @JsonTypeName("try")
  record Try(
      long t,
      Phase phase,
      String client,
      String connection,
      String clientId,
      long micros,
      String code)
      implements Line {
    public Try {
      connection = Texts.orEmpty(connection);
      code = Texts.orEmpty(code);
    }
  }

  /** The device holds a snapshot of the stream that is exact as of {@code seq}. */
  @JsonTypeName("subscribe")
  record Subscribe(long t, String client, String stream, long seq) implements Line {}

  /** The application of the device was given an event. {@code clientId} and hash for messages. */
  @JsonTypeName("deliver")
  record Deliver(
      long t,
      String client,
      String connection,
      String stream,
      long seq,
      String kind,
      String clientId,
      String hash)
      implements Line {
    public Deliver {
      connection = Texts.orEmpty(connection);
      clientId = Texts.orEmpty(clientId);
      hash = Texts.orEmpty(hash);
    }
  }

  /**
   * Something to look at in what the server pushed on one connection: {@code duplicate} (a number
   * at or below the last one), {@code gap} (numbers left out that were promised) or {@code first}
   * (after a removal, or of a stream that was not announced on this connection).
   */
  @JsonTypeName("wire")
  record Wire(
      long t, String client, String connection, String stream, long seq, long last, String what)
      implements Line {
    public Wire {
      connection = Texts.orEmpty(connection);
    }
  }

  /** The device was told that the stream cannot be resumed; it goes on after {@code seq}. */
  @JsonTypeName("resync")
  record Resync(long t, String client, String stream, long seq, String reason) implements Line {
    public Resync {
      reason = Texts.orEmpty(reason);
    }
  }

  /**
   * Somebody asked a node for a message whose ack was there at {@code begun}; without {@code found}
   * the node said that there is none.
   */
  @JsonTypeName("read")
  record Read(
      long t,
      long begun,
      String client,
      String node,
      String conversation,
      long seq,
      String clientId,
      boolean found)
      implements Line {
    public Read {
      clientId = Texts.orEmpty(clientId);
    }
  }

  /** The device was told the state of a user, and nothing newer before. */
  @JsonTypeName("presence")
  record Presence(long t, String client, String about, String state, long version)
      implements Line {}

  /**
   * From now on this is the right state of a user; where it is empty nobody can say until the next
   * such line.
   */
  @JsonTypeName("presence_is")
  record PresenceIs(long t, String about, String state) implements Line {
    public PresenceIs {
      state = Texts.orEmpty(state);
    }
  }

  /** A session is ended: {@code invoke} when asked, {@code ok} when the server said so. */
  @JsonTypeName("revoke")
  record Revoke(long t, Phase phase, String session) implements Line {}

  /** The server said that it removed a user from a stream with the event {@code seq}. */
  @JsonTypeName("remove")
  record Remove(long t, String user, String stream, long seq) implements Line {}

  /**
   * A fault: {@code invoke} just before it begins, {@code info} just before it is healed (may be
   * left out), {@code ok} when it is over and its probe saw that it took effect, {@code fail} when
   * the probe says that it did not.
   *
   * @param id of this one injection, the same in both lines
   * @param name of the case, as {@code F01}
   * @param note for people: what was done to whom
   */
  @JsonTypeName("fault")
  record Fault(long t, Phase phase, String id, String name, String note) implements Line {
    public Fault {
      name = Texts.orEmpty(name);
      note = Texts.orEmpty(note);
    }
  }

  /** A step of the run: {@code load}, {@code load_end}, {@code quiesced}, {@code gave_up}, … */
  @JsonTypeName("mark")
  record Mark(long t, String what, String note) implements Line {
    public Mark {
      note = Texts.orEmpty(note);
    }
  }

  /**
   * A page of what a stream holds at the end, as one node tells it: all events after {@code after}
   * up to {@code upTo}.
   */
  @JsonTypeName("final")
  record Final(
      long t, String node, String stream, long after, long upTo, long head, List<Stored> events)
      implements Line {
    public Final {
      events = events == null ? List.of() : List.copyOf(events);
    }
  }

  /**
   * An event as a node holds it.
   *
   * @param users whom a membership event adds or removes
   */
  record Stored(
      long seq, String kind, String by, String clientId, String hash, List<String> users) {
    public Stored {
      by = Texts.orEmpty(by);
      clientId = Texts.orEmpty(clientId);
      hash = Texts.orEmpty(hash);
      users = users == null ? List.of() : List.copyOf(users);
    }
  }
}
