package io.magpie.bench.load;

/**
 * What a server's protocol looks like: one for all connections. Everything that comes is told to
 * the {@link Ledger}; nothing is kept here.
 */
public interface Wire {
  /** The HTTP request that becomes a WebSocket, whole. */
  byte[] upgrade(Link link);

  /** The WebSocket is open: log in, join. The ledger is told when that is done. */
  void opened(Link link);

  /** A message of the server; the bytes are only good during the call. */
  void message(Link link, byte[] bytes, int from, int to);

  /** Sends message number {@code id} to the conversation of the link. */
  void send(Link link, int id);
}
