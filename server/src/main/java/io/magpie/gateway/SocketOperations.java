package io.magpie.gateway;

import io.magpie.access.Actor;
import io.magpie.operation.Call;
import io.magpie.operation.Operation;
import io.magpie.operation.Operation.Audience;
import io.magpie.operation.Operation.Transport;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/** Operations about the connection itself. */
final class SocketOperations {
  private final Gateway gateway;

  SocketOperations(Gateway gateway) {
    this.gateway = gateway;
  }

  void register(Operations operations) {
    operations.add(
        new Operation("session.reauth", Audience.USER, Set.of(Transport.WEBSOCKET), this::reauth));
  }

  private record Reauthenticated(Instant expiresAt) {}

  /** A token of somebody else, or of another device, is a mistake or an attack (S-A19). */
  private Future<Reauthenticated> reauth(Call call) {
    String token = call.params().secret("token", 2048);
    call.params().end();
    Actor.User present = call.user();
    return gateway
        .authenticator()
        .accessToken(token)
        .map(
            fresh -> {
              if (!fresh.id().equals(present.id()) || !fresh.session().equals(present.session())) {
                throw RequestError.of(ErrorCode.OTHER_SUBJECT);
              }
              call.peer().renew().accept(fresh);
              return new Reauthenticated(fresh.expiresAt());
            });
  }
}
