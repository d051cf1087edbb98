package io.magpie.app;

import java.io.IOException;

/** Why a port could not be opened, in a sentence. */
final class PortFailure {
  private PortFailure() {}

  /**
   * The failure that a person can act on; anything that has nothing to do with the port stays.
   *
   * @param setting the key with which another port is chosen
   */
  static RuntimeException explain(RuntimeException e, String host, int port, String setting) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return new StartFailure(
            "port-in-use",
            "Port %d on %s cannot be opened: %s. Set %s to a free one."
                .formatted(port, host, cause.getMessage(), setting),
            e);
      }
    }
    return e;
  }
}
