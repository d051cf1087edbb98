package io.magpie.conversation;

import io.magpie.membership.MembershipLimits;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code conversation.create}, {@code .list}, {@code .get}, {@code .update}. */
final class ConversationOperations {
  private static final int NAME = 64;
  private static final int ANNOUNCEMENT = 500;

  private final ConversationService service;
  private final ConversationReader reader;
  private final MembershipLimits limits;

  ConversationOperations(
      ConversationService service, ConversationReader reader, MembershipLimits limits) {
    this.service = service;
    this.reader = reader;
    this.limits = limits;
  }

  void register(Operations operations) {
    operations
        .user("conversation.create", this::create)
        .user("conversation.list", this::list)
        .user("conversation.get", this::get)
        .user("conversation.update", this::update);
  }

  private Future<?> create(Call call) {
    Params params = call.params();
    UUID clientId = params.uuid("clientId");
    boolean direct = params.oneOf("kind", "direct", "group").equals("direct");
    Optional<String> name = params.optionalLine("name", 1, NAME);
    List<UUID> members = params.uuids("members", direct ? 1 : 0, direct ? 1 : limits.atOnce());
    params.end();
    UUID actor = call.user().id();
    if (direct && name.isPresent()) {
      throw params.error(ErrorCode.INVALID_FIELD, "name", "is for groups only");
    }
    Future<UUID> started =
        direct
            ? service.direct(actor, clientId, members.get(0))
            : service.group(
                actor,
                clientId,
                name.orElseThrow(
                    () -> params.error(ErrorCode.MISSING_FIELD, "name", "is required")),
                members);
    return started.compose(conversation -> reader.get(actor, conversation));
  }

  private Future<?> list(Call call) {
    Params params = call.params();
    boolean archived = params.flag("archived");
    Optional<String> cursor = params.cursor();
    int limit = params.limit();
    params.end();
    return reader.page(call.user().id(), archived, cursor, limit);
  }

  private Future<?> get(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    params.end();
    return reader.get(call.user().id(), conversation);
  }

  private Future<?> update(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    ConversationService.Title title =
        new ConversationService.Title(
            params.optionalLine("name", 1, NAME),
            params.optionalLine("announcement", 0, ANNOUNCEMENT));
    params.end();
    if (title.name().isEmpty() && title.announcement().isEmpty()) {
      throw params.error(ErrorCode.MISSING_FIELD, "name", "or announcement is required");
    }
    return service.update(call.user(), conversation, title).map(WrittenBody::of);
  }
}
