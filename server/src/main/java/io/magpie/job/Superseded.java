package io.magpie.job;

/**
 * The run is no longer the job's: its lease ran out and another node took the job, or the job was
 * replaced or cancelled meanwhile. Whatever this run wrote has to be rolled back.
 */
public final class Superseded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Superseded() {
    super("the job is no longer this run's", null, false, false);
  }
}
