package io.magpie.conversation;

import io.magpie.membership.ConversationKind;
import io.magpie.membership.Joining;
import io.magpie.membership.MemberEntry;
import io.magpie.protocol.Json;
import io.magpie.stream.Change;
import io.magpie.stream.ClientWrite;
import io.magpie.stream.Event;
import io.magpie.stream.NewEvent;
import io.magpie.stream.ReaderRole;
import io.magpie.stream.StreamKind;
import io.magpie.stream.Writer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Starting a conversation: once per client id, and once per pair of users. */
final class Starting {
  private static final String DIRECT =
      """
      select id, created_at from conversation where low = $1 and high = $2
      """;

  private static final String INSERT =
      """
      insert into conversation (id, kind, name, low, high, members, created_by, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private final Writer writer;
  private final Joining joining;

  Starting(Writer writer, Joining joining) {
    this.writer = writer;
    this.joining = joining;
  }

  /**
   * What is started.
   *
   * @param name of a group, empty for a direct conversation
   * @param members with their roles, the starter included
   */
  record Plan(
      ConversationKind kind, UUID starter, Optional<String> name, Map<UUID, ReaderRole> members) {

    /** The two users of a direct conversation in order, as their text sorts. */
    private List<UUID> pair() {
      return members.keySet().stream()
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }

    private ClientWrite write(UUID clientId) {
      return new ClientWrite(
          starter,
          clientId,
          ClientWrite.fingerprint("conversation.create " + kind + name.orElse("") + pair()));
    }
  }

  /** {@code data.conversation.created} of the contract. */
  record Created(String kind, Optional<String> name, List<MemberEntry> members) {}

  /**
   * The id of the new conversation, or of the one that an earlier try or the other one made.
   *
   * @param active whether all members may be written to; counts only where something is made, so
   *     that a retry gets its first answer
   */
  Future<UUID> start(Plan plan, UUID clientId, AsyncResult<Void> active) {
    UUID id = UUID.randomUUID();
    return writer.change(
        new HashSet<>(plan.members().keySet()),
        change ->
            change
                .claim(plan.write(clientId))
                .compose(
                    earlier ->
                        earlier.isPresent()
                            ? Future.succeededFuture(earlier.get().stream())
                            : startOnce(change, plan, id, active)));
  }

  /** Both inboxes are locked, so nobody makes the same direct conversation meanwhile. */
  private Future<UUID> startOnce(Change change, Plan plan, UUID id, AsyncResult<Void> active) {
    if (plan.kind() == ConversationKind.GROUP) {
      return make(change, plan, id, active);
    }
    List<UUID> pair = plan.pair();
    return change
        .query(DIRECT, Tuple.of(pair.get(0), pair.get(1)))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture(found(change, rows.iterator().next()))
                    : make(change, plan, id, active));
  }

  /** The client's id stands for this answer from now on, as if it had made the conversation. */
  private static UUID found(Change change, Row row) {
    UUID id = row.getUUID("id");
    change.answer(id, 1, row.getOffsetDateTime("created_at").toInstant());
    return id;
  }

  private Future<UUID> make(Change change, Plan plan, UUID id, AsyncResult<Void> active) {
    if (active.failed()) {
      return Future.failedFuture(active.cause());
    }
    return change
        .create(id, StreamKind.CONVERSATION)
        .compose(
            made -> {
              Event event = change.append(id, created(plan));
              return change.query(INSERT, row(plan, event));
            })
        .compose(stored -> joining.admit(change, plan.starter(), id, plan.members(), 1))
        .map(admitted -> id);
  }

  private static NewEvent created(Plan plan) {
    List<MemberEntry> members =
        plan.members().entrySet().stream()
            .map(member -> new MemberEntry(member.getKey(), member.getValue().code()))
            .toList();
    return NewEvent.change(
        "conversation.created",
        plan.starter(),
        Json.write(new Created(plan.kind().code(), plan.name(), members)));
  }

  private static Tuple row(Plan plan, Event event) {
    boolean direct = plan.kind() == ConversationKind.DIRECT;
    List<UUID> pair = plan.pair();
    return Tuple.of(
        event.stream(),
        plan.kind().number(),
        plan.name().orElse(null),
        direct ? pair.get(0) : null,
        direct ? pair.get(1) : null,
        plan.members().size(),
        plan.starter(),
        event.at().atOffset(ZoneOffset.UTC));
  }
}
