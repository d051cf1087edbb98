package io.magpie.fanout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A signal between nodes: {@code user, length and text of the kind, JSON}. */
final class SignalCodec {
  private static final int KIND_AT = 17;

  private SignalCodec() {}

  static byte[] encode(Signal signal) {
    byte[] json = signal.utf8();
    byte[] kind = signal.kind().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(KIND_AT + kind.length + json.length)
        .putLong(signal.user().getMostSignificantBits())
        .putLong(signal.user().getLeastSignificantBits())
        .put((byte) kind.length)
        .put(kind)
        .put(json)
        .array();
  }

  /**
   * @throws IllegalArgumentException for what {@link #encode} never makes
   */
  static Signal decode(UUID stream, byte[] body) {
    if (body.length < KIND_AT || body.length < KIND_AT + body[KIND_AT - 1]) {
      throw new IllegalArgumentException("a signal of a node is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(body);
    UUID user = new UUID(in.getLong(), in.getLong());
    int kind = in.get();
    int json = KIND_AT + kind;
    return new Signal(
        stream,
        user,
        new String(body, KIND_AT, kind, StandardCharsets.US_ASCII),
        new String(body, json, body.length - json, StandardCharsets.UTF_8));
  }
}
