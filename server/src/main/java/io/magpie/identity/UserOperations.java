package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.access.Decision;
import io.magpie.access.Role;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code user.*}. */
final class UserOperations {
  static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{1,31}");

  private static final String[] ROLES = {"super_admin", "employee", "guest"};

  private final UserService service;
  private final UserStore store;
  private final Access access;

  UserOperations(UserService service, UserStore store, Access access) {
    this.service = service;
    this.store = store;
    this.access = access;
  }

  void register(Operations operations) {
    operations
        .user("user.list", this::list)
        .user("user.get", this::get)
        .user("user.create", this::create)
        .user("user.update", this::update)
        .user("user.link", this::link);
  }

  private Future<?> list(Call call) {
    Params params = call.params();
    Actor.User user = call.user();
    Optional<String> text = params.optionalLine("query", 1, 64);
    Optional<UserQuery.Place> after = params.cursor().map(UserQuery.Place::read);
    int limit = params.limit();
    params.end();
    return store
        .find(user.id())
        .compose(
            self ->
                store.list(
                    query(user, self.orElseThrow(UserOperations::notFound), text, after, limit)))
        .map(rows -> Page.of(rows, limit, User::of, UserQuery.Place::cursor));
  }

  /** The rules of the door, as conditions of the query. */
  private UserQuery query(
      Actor.User user,
      Account self,
      Optional<String> text,
      Optional<UserQuery.Place> after,
      int limit) {
    boolean guest = self.role() == Role.GUEST;
    return new UserQuery(
        text,
        access.decide(user, IdentityActions.USER_READ_DISABLED, self) == Decision.ALLOW,
        guest ? Optional.of(user.id()) : Optional.empty(),
        after,
        limit);
  }

  private Future<?> get(Call call) {
    UUID id = call.params().uuid("user");
    call.params().end();
    return service.get(call.user(), id);
  }

  private Future<?> create(Call call) {
    Params params = call.params();
    NewUser user =
        new NewUser(
            params.matching("username", USERNAME).toLowerCase(Locale.ROOT),
            params.line("displayName", 1, 64),
            params.optionalLine("department", 0, 64).orElse(""),
            params.optionalLine("jobTitle", 0, 64).orElse(""),
            params.optionalOneOf("role", ROLES).map(Role::ofCode).orElse(Role.EMPLOYEE));
    params.end();
    return service.create(call.user(), user);
  }

  private Future<?> update(Call call) {
    Params params = call.params();
    UUID id = params.uuid("user");
    UserChange change =
        new UserChange(
            params.optionalLine("displayName", 1, 64),
            params.optionalLine("department", 0, 64),
            params.optionalLine("jobTitle", 0, 64),
            params.optionalOneOf("role", ROLES).map(Role::ofCode),
            Optional.empty(),
            params.optionalFlag("disabled"));
    params.end();
    if (params.size() < 2) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "Nothing is to be changed.");
    }
    return service.update(call.user(), id, change);
  }

  private Future<?> link(Call call) {
    UUID id = call.params().uuid("user");
    call.params().end();
    return service.link(call.user(), id);
  }

  private static RequestError notFound() {
    return RequestError.of(ErrorCode.NOT_FOUND);
  }
}
