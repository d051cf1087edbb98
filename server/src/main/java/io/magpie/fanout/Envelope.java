package io.magpie.fanout;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What nodes send one another: {@code version, kind, sender (16 bytes), HMAC-SHA256 cut to 16
 * bytes, body}. The code covers channel, kind, sender and body, so whoever may publish in Redis but
 * has no access to the database can neither invent nor move a message; one that is sent again is
 * dropped by the numbers of its events. Used on one thread at a time.
 */
final class Envelope {
  static final byte EVENTS = 1;
  static final byte SIGNAL = 2;
  static final byte BROADCAST = 3;

  private static final byte VERSION = 1;
  private static final int CODE = 16;
  private static final int CODE_AT = 18;
  private static final int BODY_AT = CODE_AT + CODE;

  private final UUID self;
  private final byte[] sender;
  private final Mac mac;

  /**
   * @param key the nodes' common secret
   * @param self this node, until it ends
   */
  Envelope(byte[] key, UUID self) {
    this.self = self;
    this.sender =
        ByteBuffer.allocate(16)
            .putLong(self.getMostSignificantBits())
            .putLong(self.getLeastSignificantBits())
            .array();
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** What came, and whether it is from somebody else. */
  record Opened(byte kind, byte[] body) {}

  Buffer seal(String channel, byte kind, byte[] body) {
    byte[] code = code(channel, kind, sender, body, 0);
    return Buffer.buffer(BODY_AT + body.length)
        .appendByte(VERSION)
        .appendByte(kind)
        .appendBytes(sender)
        .appendBytes(code)
        .appendBytes(body);
  }

  /** Whether this node has sent it; before {@link #open}, and cheap. */
  boolean own(Buffer payload) {
    return payload.length() >= BODY_AT
        && payload.getLong(2) == self.getMostSignificantBits()
        && payload.getLong(10) == self.getLeastSignificantBits();
  }

  /** Empty for what is no message of a node of this installation. */
  Optional<Opened> open(String channel, Buffer payload) {
    if (payload.length() < BODY_AT || payload.getByte(0) != VERSION) {
      return Optional.empty();
    }
    byte[] bytes = payload.getBytes();
    byte[] from = Arrays.copyOfRange(bytes, 2, CODE_AT);
    byte[] told = Arrays.copyOfRange(bytes, CODE_AT, BODY_AT);
    if (!MessageDigest.isEqual(told, code(channel, bytes[1], from, bytes, BODY_AT))) {
      return Optional.empty();
    }
    return Optional.of(new Opened(bytes[1], Arrays.copyOfRange(bytes, BODY_AT, bytes.length)));
  }

  private byte[] code(String channel, byte kind, byte[] from, byte[] bytes, int bodyAt) {
    mac.update(channel.getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    mac.update(kind);
    mac.update(from);
    mac.update(bytes, bodyAt, bytes.length - bodyAt);
    return Arrays.copyOf(mac.doFinal(), CODE);
  }
}
