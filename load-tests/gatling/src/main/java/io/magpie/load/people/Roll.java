package io.magpie.load.people;

import java.util.List;

/** Where people with passwords come from. */
interface Roll {
  /**
   * @param password in plain text
   */
  record Entry(String username, String password) {}

  /** The first {@code count} of them, able to log in. */
  List<Entry> entries(int count);
}
