package io.magpie.app.config;

/** A text that must not be shown: {@link #toString} hides it, only {@link #value} gives it. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
