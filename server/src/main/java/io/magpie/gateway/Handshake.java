package io.magpie.gateway;

import io.magpie.access.Actor;
import io.magpie.fanout.Hub;
import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.magpie.storage.Failing;
import io.magpie.stream.OwnStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hello: who it is, which streams are theirs, what they missed. Registers with the hub before it
 * reads the events, so that nothing committed in between is lost.
 */
final class Handshake {
  private static final int PAGE = 1_000;

  private final Gateway gateway;
  private final Loop loop;

  Handshake(Gateway gateway, Loop loop) {
    this.gateway = gateway;
    this.loop = loop;
  }

  /**
   * Waits for its turn; see {@link HelloGate}. Whoever shows a forged or old token takes nobody's
   * place.
   */
  void enter(Connection connection, ClientFrame.Hello hello) {
    connection.pause();
    try {
      gateway.authenticator().check(hello.token());
      gateway.outage().admit();
    } catch (RequestError refused) {
      refuse(connection, refused);
      return;
    }
    try {
      gateway.hellos().enter(new Turn(connection, hello));
    } catch (RequestError busy) {
      gateway.metrics().hello("refused");
      connection.end(Failures.close(busy), busy);
    }
  }

  private final class Turn implements HelloGate.Hello {
    private final Connection connection;
    private final ClientFrame.Hello hello;
    private final long since = System.nanoTime();

    Turn(Connection connection, ClientFrame.Hello hello) {
      this.connection = connection;
      this.hello = hello;
    }

    @Override
    public boolean over() {
      return connection.ended();
    }

    @Override
    public void begin() {
      connection.onLoop(() -> hello(connection, hello).onComplete(done -> left()));
    }

    private void left() {
      gateway.hellos().left();
      if (connection.live()) {
        gateway.metrics().welcomed(System.nanoTime() - since);
      }
    }
  }

  private Future<Void> hello(Connection connection, ClientFrame.Hello hello) {
    if (connection.ended()) {
      return Future.succeededFuture();
    }
    return onLoop(Failing.call(() -> gateway.authenticator().accessToken(hello.token())))
        .compose(
            actor -> {
              admit(connection, actor);
              return stillGood(actor, hello.token());
            })
        .compose(actor -> onLoop(streams(actor.id(), Optional.empty(), new ArrayList<>())))
        .compose(own -> resume(connection, hello, own))
        .onSuccess(done -> connection.resume())
        .onFailure(failure -> refuse(connection, failure));
  }

  /**
   * Asks once more now that revocations find this connection: a session that ended in between would
   * otherwise live on until the next look at all of them.
   */
  private Future<Actor.User> stillGood(Actor.User actor, String token) {
    return onLoop(gateway.authenticator().accessToken(token)).map(actor);
  }

  private void admit(Connection connection, Actor.User actor) {
    if (connection.ended()) {
      throw RequestError.of(ErrorCode.HELLO_TIMEOUT);
    }
    connection.authenticated(actor);
    loop.hub().add(connection);
    gateway.registry().add(connection).ifPresent(Handshake::supersede);
  }

  private static void supersede(Connection oldest) {
    oldest.onLoop(() -> oldest.end(CloseCode.SUPERSEDED, RequestError.of(ErrorCode.SUPERSEDED)));
  }

  private Future<List<OwnStream>> streams(UUID user, Optional<UUID> after, List<OwnStream> found) {
    return gateway
        .reader()
        .own(user, after, PAGE)
        .compose(
            page -> {
              found.addAll(page);
              return page.size() < PAGE
                  ? Future.succeededFuture(found)
                  : streams(user, Optional.of(page.get(PAGE - 1).stream()), found);
            });
  }

  private Future<Void> resume(Connection connection, ClientFrame.Hello hello, List<OwnStream> own) {
    Resume resume = new Resume(hello, own, gateway.settings().epoch());
    Hub hub = loop.hub();
    resume.starts().forEach((stream, start) -> hub.register(connection, stream, start));
    return onLoop(
            gateway
                .reader()
                .missed(
                    connection.user(),
                    resume.starts().keySet(),
                    resume.wanted(),
                    Resume.PER_STREAM,
                    Resume.BYTES_IN_ALL))
        .map(
            missed -> {
              resume.decide(missed);
              if (!connection.ended()) {
                welcome(connection, resume);
              }
              return null;
            });
  }

  private void welcome(Connection connection, Resume resume) {
    GatewaySettings settings = gateway.settings();
    List<List<ServerFrame.StreamState>> pages = resume.pages();
    connection.send(
        new ServerFrame.Welcome(
            "welcome",
            connection.id(),
            connection.session(),
            connection.user(),
            settings.node(),
            settings.epoch(),
            settings.clock().instant(),
            settings.limits().heartbeat().toMillis(),
            connection.actor().expiresAt(),
            settings.welcome(),
            settings.features(),
            pages.get(0),
            pages.size() > 1));
    for (int i = 1; i < pages.size(); i++) {
      connection.send(new ServerFrame.Streams(pages.get(i), i < pages.size() - 1));
    }
    resume.resyncs().forEach(connection::send);
    gateway.admission().leave(connection.address());
    connection.goLive();
    gateway.listeners().forEach(each -> each.connected(connection, connection.actor()));
    resume.push(connection, loop.hub());
    gateway.metrics().hello("done");
    resume.kinds().forEach(gateway.metrics()::resumed);
    gateway.draining().ifPresent(drain -> drain.sendAway(connection));
  }

  private void refuse(Connection connection, Throwable failure) {
    gateway.metrics().hello("failed");
    if (failure instanceof RequestError refused) {
      connection.end(Failures.close(refused), refused);
    } else {
      Failures.body(failure, "hello");
      connection.end(CloseCode.INTERNAL, RequestError.of(ErrorCode.INTERNAL));
    }
  }

  private <T> Future<T> onLoop(Future<T> future) {
    Promise<T> promise = Promise.promise();
    future.onComplete(done -> loop.context().runOnContext(go -> promise.handle(done)));
    return promise.future();
  }
}
