package io.magpie.membership;

import io.magpie.access.Access;
import io.magpie.access.Action;
import io.magpie.access.Decision;
import io.magpie.stream.ReaderRole;

/**
 * What members may do in a conversation. A seat is only found by its own user, so none is hidden.
 */
public final class MembershipActions {
  public static final Action<Seat> UPDATE = new Action<>("conversation.update", Seat.class);
  public static final Action<Seat> INVITE = new Action<>("member.add", Seat.class);
  public static final Action<Seat> GIVE_ROLE = new Action<>("member.update", Seat.class);
  public static final Action<Seat> LEAVE = new Action<>("conversation.leave", Seat.class);
  public static final Action<Removal> REMOVE = new Action<>("member.remove", Removal.class);

  private MembershipActions() {}

  static void register(Access access) {
    access.rule(UPDATE, (actor, seat) -> allow(seat.groupRole(ReaderRole.ADMIN)));
    access.rule(INVITE, (actor, seat) -> allow(seat.groupRole(ReaderRole.ADMIN)));
    access.rule(GIVE_ROLE, (actor, seat) -> allow(seat.groupRole(ReaderRole.OWNER)));
    access.rule(LEAVE, (actor, seat) -> allow(seat.groupRole(ReaderRole.MEMBER)));
    access.rule(REMOVE, (actor, removal) -> allow(mayRemove(removal)));
  }

  /** Admins remove members, the owner removes both. */
  private static boolean mayRemove(Removal removal) {
    return removal.seat().groupRole(ReaderRole.ADMIN)
        && !removal.target().atLeast(removal.seat().role());
  }

  private static Decision allow(boolean allowed) {
    return allowed ? Decision.ALLOW : Decision.FORBID;
  }
}
