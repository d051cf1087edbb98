package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Function;

/** A user's generated picture. Public: it shows no more than initials under an id that is known. */
final class AvatarRoute implements Handler<RoutingContext> {
  private final Function<UUID, Future<String>> avatar;

  AvatarRoute(Function<UUID, Future<String>> avatar) {
    this.avatar = avatar;
  }

  @Override
  public void handle(RoutingContext context) {
    String id = context.pathParam("user");
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      Problems.send(context, RequestError.of(ErrorCode.NOT_FOUND));
      return;
    }
    avatar
        .apply(UUID.fromString(id))
        .onSuccess(
            svg ->
                context
                    .response()
                    .putHeader("Content-Type", "image/svg+xml")
                    .putHeader(
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                    .putHeader("Cache-Control", "private, max-age=300")
                    .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                    .end(svg))
        .onFailure(failure -> Problems.send(context, failure));
  }
}
