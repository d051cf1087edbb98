package io.magpie.message;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** {@code Mentions} of the contract. */
public record Mentions(List<UUID> users, boolean all) {
  /** Stands for everybody where mentions are stored. */
  static final UUID EVERYBODY = new UUID(0, 0);

  /** As stored: one row for each. */
  List<UUID> rows() {
    List<UUID> rows = new ArrayList<>(users);
    if (all) {
      rows.add(EVERYBODY);
    }
    return rows;
  }
}
