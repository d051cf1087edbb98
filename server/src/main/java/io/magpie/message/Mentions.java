package io.magpie.message;

import io.magpie.stream.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code Mentions} of the contract. */
public record Mentions(List<UUID> users, boolean all) {
  /** Stands for everybody where mentions are stored. */
  static final UUID EVERYBODY = new UUID(0, 0);

  /** The users in it, for whom it is checked that they are there. */
  static Append.Named named(Optional<Mentions> mentions) {
    return new Append.Named("mentions.users", mentions.map(Mentions::users).orElse(List.of()));
  }

  /** As stored: one row for each. */
  List<UUID> rows() {
    List<UUID> rows = new ArrayList<>(users);
    if (all) {
      rows.add(EVERYBODY);
    }
    return rows;
  }
}
