package io.magpie.conversation;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.membership.ConversationKind;
import io.magpie.membership.Joining;
import io.magpie.membership.MembershipActions;
import io.magpie.membership.MembershipLimits;
import io.magpie.membership.Seats;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.magpie.stream.NewEvent;
import io.magpie.stream.ReaderRole;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Starting and renaming. */
final class ConversationService {
  private static final String TITLE =
      """
      select name, announcement from conversation where id = $1
      """;

  private static final String RENAME =
      """
      update conversation set name = coalesce($2, name), announcement = coalesce($3, announcement)
      where id = $1
      """;

  private final Writer writer;
  private final Access access;
  private final Joining joining;
  private final Starting starting;
  private final MembershipLimits limits;

  ConversationService(Writer writer, Access access, Joining joining, MembershipLimits limits) {
    this.writer = writer;
    this.access = access;
    this.joining = joining;
    this.starting = new Starting(writer, joining);
    this.limits = limits;
  }

  /** The direct conversation with {@code other}; made if there is none. */
  Future<UUID> direct(UUID actor, UUID clientId, UUID other) {
    if (other.equals(actor)) {
      throw RequestError.field(
          ErrorCode.INVALID_FIELD, "members", "members must name somebody else.");
    }
    Map<UUID, ReaderRole> members = new LinkedHashMap<>();
    members.put(actor, ReaderRole.MEMBER);
    members.put(other, ReaderRole.MEMBER);
    return start(ConversationKind.DIRECT, actor, clientId, Optional.empty(), members);
  }

  /** A new group; the actor becomes its owner. */
  Future<UUID> group(UUID actor, UUID clientId, String name, List<UUID> others) {
    Map<UUID, ReaderRole> members = new LinkedHashMap<>();
    members.put(actor, ReaderRole.OWNER);
    others.forEach(other -> members.putIfAbsent(other, ReaderRole.MEMBER));
    if (members.size() > limits.atOnce()) {
      throw RequestError.of(ErrorCode.GROUP_FULL);
    }
    return start(ConversationKind.GROUP, actor, clientId, Optional.of(name), members);
  }

  private Future<UUID> start(
      ConversationKind kind,
      UUID actor,
      UUID clientId,
      Optional<String> name,
      Map<UUID, ReaderRole> members) {
    Starting.Plan plan = new Starting.Plan(kind, actor, name, members);
    return joining
        .requireActive("members", members.keySet())
        .transform(active -> starting.start(plan, clientId, active));
  }

  /** {@code data.conversation.updated} of the contract. */
  record Title(Optional<String> name, Optional<String> announcement) {
    /** What of this differs from the present title. */
    private Title without(Row row) {
      return new Title(
          name.filter(text -> !text.equals(row.getString("name"))),
          announcement.filter(text -> !text.equals(row.getString("announcement"))));
    }

    private boolean empty() {
      return name.isEmpty() && announcement.isEmpty();
    }
  }

  Future<Written> update(Actor.User actor, UUID conversation, Title asked) {
    return writer.change(
        Set.of(conversation),
        change ->
            Seats.find(change, conversation, actor.id())
                .compose(
                    seat -> {
                      access.require(actor, MembershipActions.UPDATE, seat);
                      return change.query(TITLE, Tuple.of(conversation));
                    })
                .compose(
                    rows ->
                        store(change, actor, conversation, asked.without(rows.iterator().next()))));
  }

  private static Future<Written> store(
      Change change, Actor.User actor, UUID conversation, Title changed) {
    if (changed.empty()) {
      return Future.succeededFuture(change.unchanged(conversation));
    }
    Event event =
        change.append(
            conversation, NewEvent.change("conversation.updated", actor.id(), Json.write(changed)));
    return change
        .query(
            RENAME,
            Tuple.of(
                conversation, changed.name().orElse(null), changed.announcement().orElse(null)))
        .map(stored -> change.written(event));
  }
}
