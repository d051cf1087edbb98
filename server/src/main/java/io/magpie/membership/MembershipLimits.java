package io.magpie.membership;

/**
 * Limits of conversations.
 *
 * @param groupMembers how many may be in a group, the owner included
 */
public record MembershipLimits(int groupMembers) {
  public static final MembershipLimits DEFAULT = new MembershipLimits(500);
}
