package io.magpie.bench;

/** Something that was typed cannot be meant; the message says what may stand there. */
final class BadOption extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  BadOption(String message) {
    super(message);
  }
}
