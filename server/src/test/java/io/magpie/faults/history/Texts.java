package io.magpie.faults.history;

/** Texts that lines leave out. */
final class Texts {
  private Texts() {}

  /** JSON that leaves a text out gives a record null for it. */
  static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
