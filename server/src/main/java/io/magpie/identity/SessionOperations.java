package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.identity.password.PasswordFields;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code session.*}, but for {@code session.reauth}, which belongs to the open socket. */
final class SessionOperations {
  private static final Pattern SESSION =
      Pattern.compile("current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final LoginService logins;
  private final RefreshService refreshes;
  private final SessionEndings endings;
  private final SessionStore sessions;

  SessionOperations(
      LoginService logins,
      RefreshService refreshes,
      SessionEndings endings,
      SessionStore sessions) {
    this.logins = logins;
    this.refreshes = refreshes;
    this.endings = endings;
    this.sessions = sessions;
  }

  void register(Operations operations) {
    operations
        .anyone("session.create", this::create)
        .anyone("session.refresh", this::refresh)
        .user("session.list", this::list)
        .user("session.revoke", this::revoke);
  }

  private Future<?> create(Call call) {
    Params params = call.params();
    LoginService.Login login =
        new LoginService.Login(
            params.secret("username", 64).toLowerCase(Locale.ROOT),
            PasswordFields.read(params, "password"),
            device(call),
            params.optionalFlag("cookie").orElse(false),
            call.peer());
    params.end();
    return logins
        .login(login)
        .compose(
            answer ->
                call.peer()
                    .cookie()
                    .map(endings::endReplaced)
                    .orElseGet(Future::succeededFuture)
                    .map(answer));
  }

  /** The name that was given, or one made from the User-Agent. */
  static String device(Call call) {
    return call.params()
        .optionalLine("device", 1, 100)
        .orElseGet(() -> DeviceName.of(call.peer().agent()));
  }

  private Future<?> refresh(Call call) {
    Optional<String> token = call.params().optionalSecret("refreshToken", 128);
    call.params().end();
    if (token.isPresent()) {
      return refreshes.refresh(token.get(), call.peer());
    }
    String cookie =
        call.peer().cookie().orElseThrow(() -> RequestError.of(ErrorCode.UNAUTHENTICATED));
    return refreshes.refreshCookie(cookie, call.peer());
  }

  private Future<?> list(Call call) {
    Actor.User user = call.user();
    Optional<TimePlace> after = call.params().cursor().map(TimePlace::read);
    int limit = call.params().limit();
    call.params().end();
    return sessions
        .list(user.id(), user.session(), after, limit)
        .map(
            rows ->
                Page.of(
                    rows,
                    limit,
                    session -> session,
                    last -> TimePlace.cursor(last.createdAt(), last.id())));
  }

  private Future<?> revoke(Call call) {
    Actor.User user = call.user();
    String name = call.params().matching("session", SESSION);
    call.params().end();
    UUID session = name.equals("current") ? user.session() : UUID.fromString(name);
    boolean own = session.equals(user.session());
    return endings
        .end(user, session)
        .map(
            done ->
                own && call.peer().cookie().isPresent()
                    ? new WithCookie(Map.of(), "", Duration.ZERO)
                    : Map.of());
  }
}
