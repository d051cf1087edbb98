package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.identity.password.PasswordFields;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** {@code profile.*}, {@code password.change} and {@code link.redeem}: one's own account. */
final class ProfileOperations {
  private final UserService users;
  private final UserStore store;
  private final PasswordService passwords;
  private final LinkService links;

  ProfileOperations(
      UserService users, UserStore store, PasswordService passwords, LinkService links) {
    this.users = users;
    this.store = store;
    this.passwords = passwords;
    this.links = links;
  }

  void register(Operations operations) {
    operations
        .user("profile.get", this::get)
        .user("profile.update", this::update)
        .user("password.change", this::changePassword)
        .anyone("link.redeem", this::redeem);
  }

  private Future<?> get(Call call) {
    Actor.User user = call.user();
    call.params().end();
    return store
        .find(user.id())
        .map(
            found ->
                Me.of(
                    found.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND)), user.session()));
  }

  private Future<?> update(Call call) {
    Params params = call.params();
    Actor.User user = call.user();
    UserChange change =
        new UserChange(
            params.optionalLine("displayName", 1, 64),
            Optional.empty(),
            params.optionalLine("jobTitle", 0, 64),
            Optional.empty(),
            params.optionalOneOf("locale", "zh-CN", "en"),
            Optional.empty());
    params.end();
    if (params.size() == 0) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "Nothing is to be changed.");
    }
    return users.updateOwn(user, change).map(account -> Me.of(account, user.session()));
  }

  private Future<?> changePassword(Call call) {
    Params params = call.params();
    String current = PasswordFields.read(params, "currentPassword");
    String fresh = PasswordFields.read(params, "newPassword");
    params.end();
    return passwords
        .change(call.user(), call.peer().address(), current, fresh)
        .map(done -> Map.of());
  }

  private Future<?> redeem(Call call) {
    Params params = call.params();
    String token = params.secret("token", 128);
    String password = PasswordFields.read(params, "password");
    params.end();
    return links.redeem(token, password);
  }
}
