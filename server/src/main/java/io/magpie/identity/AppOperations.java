package io.magpie.identity;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.Params;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code app.*}. */
final class AppOperations {
  private static final int MAX_EXTERNAL_ID = 128;

  private final AppService apps;
  private final AppTokenService tokens;
  private final UserStore users;

  AppOperations(AppService apps, AppTokenService tokens, UserStore users) {
    this.apps = apps;
    this.tokens = tokens;
    this.users = users;
  }

  void register(Operations operations) {
    operations
        .user("app.create", this::create)
        .user("app.list", this::list)
        .user("app.key_create", this::createKey)
        .user("app.key_revoke", this::revokeKey)
        .app("app.token", this::token)
        .app("app.user", this::user);
  }

  private Future<?> create(Call call) {
    String name = call.params().line("name", 1, 64);
    call.params().end();
    return apps.create(call.user(), name);
  }

  private Future<?> list(Call call) {
    Optional<TimePlace> after = call.params().cursor().map(TimePlace::read);
    int limit = call.params().limit();
    call.params().end();
    return apps.list(call.user(), after, limit);
  }

  private Future<?> createKey(Call call) {
    UUID app = call.params().uuid("app");
    call.params().end();
    return apps.createKey(call.user(), app);
  }

  private Future<?> revokeKey(Call call) {
    UUID app = call.params().uuid("app");
    UUID key = call.params().uuid("key");
    call.params().end();
    return apps.revokeKey(call.user(), app, key).map(done -> Map.of());
  }

  private Future<?> token(Call call) {
    Params params = call.params();
    UUID app = params.uuid("app");
    String externalId = params.secret("externalId", MAX_EXTERNAL_ID);
    UserChange change =
        new UserChange(
            params.optionalLine("displayName", 1, 64),
            params.optionalLine("department", 0, 64),
            params.optionalLine("jobTitle", 0, 64),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    // The request is the back end's: its User-Agent says nothing about the person's device.
    String device = params.optionalLine("device", 1, 100).orElse("App");
    params.end();
    return tokens.token(
        call.actor(), new AppTokenService.Ask(app, externalId, change, device, call.peer()), users);
  }

  private Future<?> user(Call call) {
    UUID app = call.params().uuid("app");
    String externalId = call.params().secret("externalId", MAX_EXTERNAL_ID);
    call.params().end();
    return tokens.user(call.actor(), app, externalId);
  }
}
