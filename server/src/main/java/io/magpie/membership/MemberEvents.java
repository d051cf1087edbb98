package io.magpie.membership;

import io.magpie.protocol.Json;
import io.magpie.stream.NewEvent;
import io.magpie.stream.ReaderRole;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Events of membership, in the conversation's stream and in inboxes. */
final class MemberEvents {
  static final String MEMBERSHIP_ADDED = "membership.added";
  static final String MEMBER_REMOVED = "member.removed";

  private MemberEvents() {}

  static NewEvent added(UUID actor, Collection<UUID> users) {
    List<MemberEntry> entries =
        users.stream().map(user -> new MemberEntry(user, ReaderRole.MEMBER.code())).toList();
    return NewEvent.change("member.added", actor, Json.write(new Added(entries)));
  }

  static NewEvent removed(UUID actor, UUID user) {
    return NewEvent.change(MEMBER_REMOVED, actor, Json.write(new Removed(user)));
  }

  static NewEvent updated(UUID actor, UUID user, ReaderRole role) {
    return NewEvent.change("member.updated", actor, Json.write(new MemberEntry(user, role.code())));
  }

  static NewEvent membershipAdded(UUID actor, UUID conversation, long from) {
    return NewEvent.change(
        MEMBERSHIP_ADDED, actor, Json.write(new MembershipAdded(conversation, from)));
  }

  static NewEvent membershipRemoved(UUID actor, UUID conversation, long upTo) {
    return NewEvent.change(
        "membership.removed", actor, Json.write(new MembershipRemoved(conversation, upTo)));
  }

  record Added(List<MemberEntry> members) {}

  record Removed(UUID user) {}

  record MembershipAdded(UUID conversation, long from) {}

  record MembershipRemoved(UUID conversation, long upTo) {}
}
