package io.magpie.storage;

/**
 * The connection ended between sending COMMIT and its answer: nobody here knows whether the change
 * is stored. The client is neither acked nor refused; its connection is closed and it retries with
 * the same client id.
 */
public final class OutcomeUnknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutcomeUnknown(Throwable cause) {
    super("the outcome of a commit is not known", cause);
  }
}
