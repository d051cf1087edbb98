package io.magpie.load.protocol;

/** Where a virtual user's observations go; times are milliseconds of the wall clock. */
public interface Log {
  void ok(String name, long from, long to);

  void failed(String name, String why);

  /** Something that happened and takes no time. */
  default void point(String name) {
    long now = System.currentTimeMillis();
    ok(name, now, now);
  }
}
