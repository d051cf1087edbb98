package io.magpie.gateway;

import io.magpie.operation.Call;
import io.magpie.operation.Operation;
import io.magpie.operation.Operation.Transport;
import io.magpie.operation.Peer;
import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.magpie.storage.Failing;
import io.magpie.storage.OutcomeUnknown;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a text frame to the operation and back to exactly one reply. */
final class Dispatcher {
  /** Requests of one connection that may be open at the same time. */
  static final int MAX_OPEN = 256;

  /** After this a request is answered with {@code timeout}. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final int MAX_REFUSED_IN_A_ROW = 100;

  private static final Logger SECURITY = LoggerFactory.getLogger("magpie.security");

  private final Gateway gateway;
  private final Handshake handshake;
  private final Shedder shedder;

  Dispatcher(Gateway gateway, Handshake handshake) {
    this.gateway = gateway;
    this.handshake = handshake;
    this.shedder = new Shedder(gateway.operations().shedding());
  }

  /** A whole text message. */
  void text(Connection connection, String text) {
    ClientFrame frame;
    try {
      frame = ClientFrame.read(Json.readObject(text));
    } catch (RequestError error) {
      malformed(connection, error);
      return;
    }
    if (frame instanceof ClientFrame.Hello hello) {
      if (connection.greet()) {
        handshake.enter(connection, hello);
      } else {
        connection.bad(RequestError.of(ErrorCode.BAD_FRAME, "A second hello."));
      }
    } else if (!connection.live()) {
      connection.end(CloseCode.UNAUTHENTICATED, RequestError.of(ErrorCode.UNAUTHENTICATED));
    } else if (frame instanceof ClientFrame.Request request) {
      request(connection, request);
    } else {
      connection.heartbeat();
    }
  }

  private static void malformed(Connection connection, RequestError error) {
    if (connection.live()) {
      connection.bad(error);
    } else {
      connection.end(CloseCode.BAD_FRAME, error);
    }
  }

  private void request(Connection connection, ClientFrame.Request request) {
    if (connection.leaving().isPresent()) {
      refuse(connection, request, connection.leaving().get());
      return;
    }
    Requests open = connection.requests();
    if (!open.begin(request.id())) {
      connection.bad(RequestError.of(ErrorCode.BAD_FRAME, "Two open requests with one id."));
      return;
    }
    try {
      admit(connection, open);
    } catch (RequestError limited) {
      reply(connection, open, request, limited);
      closeStubborn(connection, open, limited);
      return;
    }
    answered(connection, open, request);
  }

  private void admit(Connection connection, Requests open) {
    open.admit();
    gateway.rates().admit(connection.user());
  }

  private static void closeStubborn(Connection connection, Requests open, RequestError limited) {
    if (open.refusedInARow() > MAX_REFUSED_IN_A_ROW) {
      connection.end(CloseCode.RATE_LIMITED, limited);
    }
  }

  /**
   * Refuses a text message without reading it, where there is no room for it anyway. It counts for
   * the rates as any other.
   *
   * @return whether it was refused; otherwise it has to be read
   */
  boolean shed(Connection connection, ByteBuf text) {
    if (!shedder.pressed() || connection.leaving().isPresent()) {
      return false;
    }
    Optional<Shedder.Shed> refusal = shedder.look(text);
    Requests open = connection.requests();
    if (refusal.isEmpty() || !open.begin(refusal.get().id())) {
      return false;
    }
    Shedder.Shed shed = refusal.get();
    try {
      admit(connection, open);
      connection.sendBytes(shed.reply());
      gateway.metrics().shed(shed.operation());
    } catch (RequestError limited) {
      connection.send(new ServerFrame.ReplyError(shed.id(), ErrorBody.of(limited)));
      closeStubborn(connection, open, limited);
    } finally {
      open.end(shed.id());
    }
    return true;
  }

  /** Runs it; answers once, also where it never ends. */
  private void answered(Connection connection, Requests open, ClientFrame.Request request) {
    ContextInternal context = connection.loop().context();
    Runnable late = () -> reply(connection, open, request, RequestError.of(ErrorCode.TIMEOUT));
    ScheduledFuture<?> deadline =
        context
            .nettyEventLoop()
            .schedule(() -> context.dispatch(late), DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    Failing.call(() -> run(connection, request).map(result -> (Object) result))
        .onComplete(
            done ->
                context.emit(
                    go -> {
                      if (deadline.cancel(false)) {
                        answer(connection, open, request, done);
                      }
                    }));
  }

  private static void answer(
      Connection connection, Requests open, ClientFrame.Request request, AsyncResult<Object> done) {
    if (done.succeeded()) {
      open.end(request.id());
      connection.send(new ServerFrame.ReplyOk(request.id(), done.result()));
    } else {
      reply(connection, open, request, done.cause());
    }
  }

  private static void refuse(Connection connection, ClientFrame.Request request, Throwable why) {
    connection.send(new ServerFrame.ReplyError(request.id(), Failures.body(why, request.op())));
  }

  private Future<?> run(Connection connection, ClientFrame.Request request) {
    Operation operation =
        gateway
            .operations()
            .find(request.op())
            .filter(found -> found.transports().contains(Transport.WEBSOCKET))
            .orElseThrow(() -> RequestError.of(ErrorCode.UNKNOWN_OPERATION));
    gateway.metrics().request(operation.name());
    long since = System.nanoTime();
    Peer peer =
        new Peer(
            connection.address(),
            connection.agent(),
            Optional.empty(),
            connection::renew,
            Optional.of(connection));
    return operation
        .handler()
        .handle(new Call(connection.actor(), Params.of(request.params()), peer))
        .onComplete(done -> gateway.metrics().replied(operation.name(), System.nanoTime() - since));
  }

  private static void reply(
      Connection connection, Requests open, ClientFrame.Request request, Throwable failure) {
    open.end(request.id());
    if (failure instanceof OutcomeUnknown) {
      connection.end(CloseCode.INTERNAL, "the outcome is not known, retry with the same id");
    } else if (failure instanceof RequestError refused
        && refused.code() == ErrorCode.OTHER_SUBJECT) {
      SECURITY.atWarn().addKeyValue("user", connection.user()).log("reauth with another subject");
      connection.end(CloseCode.POLICY, refused);
    } else {
      refuse(connection, request, failure);
    }
  }
}
