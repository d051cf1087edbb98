package io.magpie.membership;

/**
 * Limits of conversations.
 *
 * @param groupMembers how many may be in a group, the owner included
 */
public record MembershipLimits(int groupMembers) {
  public static final MembershipLimits DEFAULT = new MembershipLimits(500);

  /** How many are named by one request and one event, whatever a group may hold. */
  private static final int AT_ONCE = 500;

  /** How many may be let in at once. */
  public int atOnce() {
    return Math.min(AT_ONCE, groupMembers);
  }
}
