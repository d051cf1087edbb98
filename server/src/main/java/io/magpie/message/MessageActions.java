package io.magpie.message;

import io.magpie.access.Access;
import io.magpie.access.Action;
import io.magpie.access.Decision;
import io.magpie.membership.ConversationKind;
import io.magpie.membership.Seat;
import io.magpie.stream.ReaderRole;
import java.util.UUID;

/** What members may do with messages that they can read. */
final class MessageActions {
  /**
   * A message and who looks at it.
   *
   * @param seat of who acts
   * @param sender of the message
   */
  record Authored(Seat seat, UUID sender) {
    boolean own() {
      return seat.user().equals(sender);
    }
  }

  static final Action<Authored> EDIT = new Action<>("message.edit", Authored.class);
  static final Action<Authored> RECALL = new Action<>("message.recall", Authored.class);

  /** Recalling at any time, not only within the window. */
  static final Action<Seat> MODERATE = new Action<>("message.moderate", Seat.class);

  static final Action<Seat> PIN = new Action<>("message.pin", Seat.class);
  static final Action<Seat> MENTION_ALL = new Action<>("message.mention_all", Seat.class);

  private MessageActions() {}

  static void register(Access access) {
    access.rule(EDIT, (actor, message) -> allow(message.own()));
    access.rule(
        RECALL,
        (actor, message) -> allow(message.own() || message.seat().groupRole(ReaderRole.ADMIN)));
    access.rule(MODERATE, (actor, seat) -> allow(seat.groupRole(ReaderRole.ADMIN)));
    access.rule(MENTION_ALL, (actor, seat) -> allow(seat.groupRole(ReaderRole.ADMIN)));
    access.rule(
        PIN,
        (actor, seat) ->
            allow(seat.kind() == ConversationKind.DIRECT || seat.role().atLeast(ReaderRole.ADMIN)));
  }

  private static Decision allow(boolean allowed) {
    return allowed ? Decision.ALLOW : Decision.FORBID;
  }
}
