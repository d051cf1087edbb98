package io.magpie.operation;

import io.vertx.core.Future;
import java.util.UUID;

/** A lasting connection, as features see it. Safe from any thread. */
public interface Line {
  UUID id();

  /**
   * Queues a whole frame behind what waits already.
   *
   * @param frame as the contract writes it
   * @return false, and nothing is queued, where so much waits that the peer should be spared for
   *     now, or where the connection has ended; completes on the connection's event loop
   */
  Future<Boolean> offer(String frame);
}
