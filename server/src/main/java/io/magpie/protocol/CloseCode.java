package io.magpie.protocol;

/**
 * WebSocket close codes that the server sends; {@code x-magpie-close-codes} in the AsyncAPI
 * document tells what a client does about each. 1000–1013 are those of RFC 6455 and its registry.
 */
public enum CloseCode {
  NORMAL(1000),
  PROTOCOL_ERROR(1002),
  BINARY_REFUSED(1003),
  INVALID_UTF8(1007),
  POLICY(1008),
  TOO_LARGE(1009),
  INTERNAL(1011),
  RESTART(1012),
  TRY_LATER(1013),
  BAD_FRAME(4400),
  UNAUTHENTICATED(4401),
  SUPERSEDED(4403),
  SLOW(4408),
  RATE_LIMITED(4429);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  /** The number in the close frame. */
  public int number() {
    return number;
  }
}
