package io.magpie.membership;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.magpie.stream.ReaderRole;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Inviting, removing, leaving, and giving roles. */
final class MemberService {
  private final Writer writer;
  private final Access access;
  private final Joining joining;
  private final MembershipLimits limits;

  MemberService(Writer writer, Access access, Joining joining, MembershipLimits limits) {
    this.writer = writer;
    this.access = access;
    this.joining = joining;
    this.limits = limits;
  }

  /** Invites people; those who are in already stay as they are. */
  Future<Written> add(Actor.User actor, UUID conversation, List<UUID> users) {
    return joining
        .requireActive("users", users)
        .compose(
            known ->
                writer.change(
                    Joining.locks(conversation, users),
                    change ->
                        Seats.find(change, conversation, actor.id())
                            .compose(
                                seat -> {
                                  access.require(actor, MembershipActions.INVITE, seat);
                                  return MemberStore.roles(change, conversation, users)
                                      .compose(in -> add(change, seat, users, in.keySet()));
                                })));
  }

  private Future<Written> add(Change change, Seat seat, List<UUID> users, Set<UUID> in) {
    Map<UUID, ReaderRole> fresh = new LinkedHashMap<>();
    users.stream()
        .filter(user -> !in.contains(user))
        .forEach(user -> fresh.put(user, ReaderRole.MEMBER));
    UUID conversation = seat.conversation();
    if (fresh.isEmpty()) {
      return Future.succeededFuture(change.unchanged(conversation));
    }
    if (seat.members() + fresh.size() > limits.groupMembers()) {
      throw RequestError.of(ErrorCode.GROUP_FULL);
    }
    Event event = change.append(conversation, MemberEvents.added(seat.user(), fresh.keySet()));
    return joining
        .admit(change, seat.user(), conversation, fresh, event.seq())
        .compose(admitted -> MemberStore.count(change, conversation, fresh.size()))
        .map(counted -> change.written(event));
  }

  /** Removes somebody of a lower role. */
  Future<Written> remove(Actor.User actor, UUID conversation, UUID user) {
    if (actor.id().equals(user)) {
      return leave(actor, conversation);
    }
    return writer.change(
        Joining.locks(conversation, List.of(user)),
        change ->
            Seats.find(change, conversation, actor.id())
                .compose(
                    seat ->
                        roleOf(change, conversation, user)
                            .compose(
                                role -> {
                                  access.require(
                                      actor, MembershipActions.REMOVE, new Removal(seat, role));
                                  return takeOut(change, conversation, actor.id(), user);
                                })));
  }

  /** Leaves. The owner hands over first, unless nobody else is there. */
  Future<Written> leave(Actor.User actor, UUID conversation) {
    return writer.change(
        Joining.locks(conversation, List.of(actor.id())),
        change ->
            Seats.find(change, conversation, actor.id())
                .compose(
                    seat -> {
                      access.require(actor, MembershipActions.LEAVE, seat);
                      if (seat.role() == ReaderRole.OWNER && seat.members() > 1) {
                        throw RequestError.of(
                            ErrorCode.CONFLICT, "The owner hands the group over before leaving.");
                      }
                      return takeOut(change, conversation, actor.id(), actor.id());
                    }));
  }

  /** The removal is the last event that they read. */
  private Future<Written> takeOut(Change change, UUID conversation, UUID actor, UUID user) {
    Event event = change.append(conversation, MemberEvents.removed(actor, user));
    change.append(user, MemberEvents.membershipRemoved(actor, conversation, event.seq()));
    return change
        .close(conversation, user, event.seq())
        .compose(closed -> MemberStore.count(change, conversation, -1))
        .map(counted -> change.written(event));
  }

  /** Gives a role. Giving {@code OWNER} hands the group over: the old owner becomes an admin. */
  Future<Written> update(Actor.User actor, UUID conversation, UUID user, ReaderRole role) {
    return writer.change(
        Set.of(conversation),
        change ->
            Seats.find(change, conversation, actor.id())
                .compose(
                    seat -> {
                      access.require(actor, MembershipActions.GIVE_ROLE, seat);
                      return roleOf(change, conversation, user)
                          .compose(now -> update(change, seat, user, now, role));
                    }));
  }

  private Future<Written> update(
      Change change, Seat owner, UUID user, ReaderRole now, ReaderRole role) {
    UUID conversation = owner.conversation();
    if (now == role) {
      return Future.succeededFuture(change.unchanged(conversation));
    }
    if (user.equals(owner.user())) {
      throw RequestError.of(ErrorCode.CONFLICT, "The owner hands the group over to somebody else.");
    }
    Event event = change.append(conversation, MemberEvents.updated(owner.user(), user, role));
    Future<Void> given = change.role(conversation, user, role);
    if (role == ReaderRole.OWNER) {
      change.append(
          conversation, MemberEvents.updated(owner.user(), owner.user(), ReaderRole.ADMIN));
      given = given.compose(g -> change.role(conversation, owner.user(), ReaderRole.ADMIN));
    }
    return given.map(done -> change.written(event));
  }

  private static Future<ReaderRole> roleOf(Change change, UUID conversation, UUID user) {
    return MemberStore.role(change, conversation, user)
        .map(
            role ->
                role.orElseThrow(
                    () ->
                        RequestError.field(ErrorCode.NOT_FOUND, "user", "user names no member.")));
  }
}
