package io.magpie.bench.wire;

/** What a {@link FrameReader} finds. The bytes are only good during the call. */
public interface Messages {
  /** A whole text or binary message. */
  void message(byte[] bytes, int from, int to);

  /** A ping, to be answered with the same bytes. */
  void ping(byte[] bytes, int from, int to);

  /**
   * The server says goodbye.
   *
   * @param code of RFC 6455, 1005 where there was none
   */
  void close(int code);
}
