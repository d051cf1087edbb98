package io.magpie.stream;

import io.magpie.protocol.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A durable change with its number. The bytes that every recipient gets are made once and shared.
 */
public final class Event {
  private final UUID stream;
  private final long seq;
  private final String kind;
  private final UUID actor;
  private final Instant at;
  private final String data;
  private volatile byte[] utf8;

  /**
   * @param data a JSON object as text
   */
  public Event(UUID stream, long seq, String kind, UUID actor, Instant at, String data) {
    this.stream = stream;
    this.seq = seq;
    this.kind = kind;
    this.actor = actor;
    this.at = at;
    this.data = data;
  }

  public UUID stream() {
    return stream;
  }

  public long seq() {
    return seq;
  }

  public String kind() {
    return kind;
  }

  public UUID actor() {
    return actor;
  }

  public Instant at() {
    return at;
  }

  /** A JSON object as text. */
  public String data() {
    return data;
  }

  /** {@code Event} of the contract; kinds and ids need no escaping. */
  public String json() {
    return "{\"stream\":\""
        + stream
        + "\",\"seq\":"
        + seq
        + ",\"kind\":\""
        + kind
        + "\",\"at\":\""
        + Timestamps.format(at)
        + "\",\"by\":\""
        + actor
        + "\",\"data\":"
        + data
        + "}";
  }

  /** The bytes of {@link #json}; not to be changed. */
  public byte[] utf8() {
    byte[] bytes = utf8;
    if (bytes == null) {
      bytes = json().getBytes(StandardCharsets.UTF_8);
      utf8 = bytes;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return kind + " " + stream + ":" + seq;
  }
}
