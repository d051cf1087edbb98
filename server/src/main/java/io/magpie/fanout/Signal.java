package io.magpie.fanout;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Something that may be lost and is replaced by a newer one of the same kind, stream and user. Its
 * bytes are made once and shared.
 */
public final class Signal {
  private final Key key;
  private final String json;
  private volatile byte[] utf8;

  /** What a newer signal has in common with the one that it replaces. */
  public record Key(UUID stream, UUID user, String kind) {}

  /**
   * @param json the signal as the contract writes it
   */
  public Signal(UUID stream, UUID user, String kind, String json) {
    this.key = new Key(stream, user, kind);
    this.json = json;
  }

  public Key key() {
    return key;
  }

  public UUID stream() {
    return key.stream();
  }

  public UUID user() {
    return key.user();
  }

  public String kind() {
    return key.kind();
  }

  public String json() {
    return json;
  }

  /** The bytes of {@link #json}; not to be changed. */
  public byte[] utf8() {
    byte[] bytes = utf8;
    if (bytes == null) {
      bytes = json.getBytes(StandardCharsets.UTF_8);
      utf8 = bytes;
    }
    return bytes;
  }
}
