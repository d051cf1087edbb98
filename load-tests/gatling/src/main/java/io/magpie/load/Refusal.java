package io.magpie.load;

/** A run that cannot start; the message is one sentence for the person who started it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refusal(String sentence) {
    super(sentence);
  }
}
