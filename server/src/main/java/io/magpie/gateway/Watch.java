package io.magpie.gateway;

import io.magpie.access.Actor;
import io.magpie.fanout.Digest;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Looks once a second at everything of one connection that has a deadline. */
final class Watch {
  private static final int MAX_HEADS = 50;
  private static final int REMIND_SECONDS = 60;

  private final Loop loop;
  private final Connection connection;
  private final Pulse pulse;
  private final Inbound inbound;
  private final Outbound outbound;
  private boolean reminded;

  Watch(Loop loop, Connection connection, Pulse pulse, Inbound inbound, Outbound outbound) {
    this.loop = loop;
    this.connection = connection;
    this.pulse = pulse;
    this.inbound = inbound;
    this.outbound = outbound;
  }

  /** There is a fresh token. */
  void renewed() {
    reminded = false;
  }

  void tick(long now, Instant wall) {
    if (!connection.live()) {
      if (pulse.late(now)) {
        tooLate();
      }
      return;
    }
    Actor.User actor = connection.actor();
    if (outbound.stalled(now)) {
      connection.end(CloseCode.SLOW, "reads too slowly");
    } else if (inbound.stalled(now)) {
      connection.end(CloseCode.POLICY, "a message was never finished");
    } else if (pulse.silent(now)) {
      connection.end(CloseCode.SLOW, RequestError.of(ErrorCode.IDLE_TIMEOUT));
    } else if (wall.isAfter(actor.expiresAt().plus(loop.settings().leeway()))) {
      connection.end(CloseCode.UNAUTHENTICATED, RequestError.of(ErrorCode.TOKEN_EXPIRED));
    } else {
      remind(now, wall, actor.expiresAt());
    }
  }

  /** Whoever said hello in time has waited for us, and is told when to come again. */
  private void tooLate() {
    RequestError why =
        connection.greeted() ? loop.hellos().busy() : RequestError.of(ErrorCode.HELLO_TIMEOUT);
    connection.end(Failures.close(why), why);
  }

  private void remind(long now, Instant wall, Instant expiresAt) {
    if (!reminded && wall.isAfter(expiresAt.minusSeconds(REMIND_SECONDS))) {
      reminded = true;
      connection.send(new ServerFrame.TokenExpiring(expiresAt));
    }
    if (pulse.beats(now)) {
      Map<UUID, Long> moved = loop.hub().moved(connection, MAX_HEADS);
      Digest digest = loop.hub().digest(connection);
      connection.send(new ServerFrame.Heartbeat(wall, moved, digest.count(), digest.hash()));
    }
  }
}
