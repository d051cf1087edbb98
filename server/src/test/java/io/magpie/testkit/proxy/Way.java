package io.magpie.testkit.proxy;

/** Which way bytes go: from whoever connected to the target, or back. */
public enum Way {
  TO_TARGET,
  TO_CLIENT;

  Way back() {
    return this == TO_TARGET ? TO_CLIENT : TO_TARGET;
  }
}
