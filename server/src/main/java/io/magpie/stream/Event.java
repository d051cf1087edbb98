package io.magpie.stream;

import io.magpie.protocol.Timestamps;
import java.time.Instant;
import java.util.UUID;

/**
 * A durable change with its number. The JSON text that every recipient gets is made once and
 * shared.
 */
public final class Event {
  private final UUID stream;
  private final long seq;
  private final String kind;
  private final UUID actor;
  private final Instant at;
  private final String data;
  private volatile String json;

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
    String text = json;
    if (text == null) {
      text =
          "{\"stream\":\""
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
      json = text;
    }
    return text;
  }

  @Override
  public String toString() {
    return kind + " " + stream + ":" + seq;
  }
}
