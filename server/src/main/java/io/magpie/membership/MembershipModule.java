package io.magpie.membership;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.Params;
import io.magpie.stream.ReaderRole;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Operations of membership: {@code member.*} and {@code conversation.leave}. */
public final class MembershipModule {
  private final MemberService service;
  private final MemberList list;
  private final MembershipLimits limits;

  public MembershipModule(ChatParts parts, Joining joining, MembershipLimits limits) {
    MembershipActions.register(parts.access());
    this.service = new MemberService(parts.writer(), parts.access(), joining, limits);
    this.list = new MemberList(new Seats(parts.database()), parts.database(), parts.people());
    this.limits = limits;
  }

  public void register(Operations operations) {
    operations
        .user("member.list", this::list)
        .user("member.add", this::add)
        .user("member.update", this::update)
        .user("member.remove", this::remove)
        .user("conversation.leave", this::leave);
  }

  private Future<?> list(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    Optional<String> cursor = params.cursor();
    int limit = params.limit();
    params.end();
    return list.page(call.user().id(), conversation, cursor, limit);
  }

  private Future<?> add(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    List<UUID> users = params.uuids("users", 1, limits.atOnce());
    params.end();
    return service.add(call.user(), conversation, users).map(WrittenBody::of);
  }

  private Future<?> update(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    UUID user = params.uuid("user");
    ReaderRole role = ReaderRole.ofCode(params.oneOf("role", "owner", "admin", "member"));
    params.end();
    return service.update(call.user(), conversation, user, role).map(WrittenBody::of);
  }

  private Future<?> remove(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    UUID user = params.uuid("user");
    params.end();
    return service.remove(call.user(), conversation, user).map(WrittenBody::of);
  }

  private Future<?> leave(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    params.end();
    return service.leave(call.user(), conversation).map(WrittenBody::of);
  }
}
