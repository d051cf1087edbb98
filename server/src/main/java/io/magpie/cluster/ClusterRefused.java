package io.magpie.cluster;

/** The cluster cannot be joined as it is set; the message says what to change. */
public final class ClusterRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterRefused(String message) {
    super(message);
  }

  ClusterRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
