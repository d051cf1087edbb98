package io.magpie.load.protocol;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.WsFrameCheck;
import io.magpie.load.people.Door;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The chains that every scenario is made of. */
public final class Wire {
  /** Longest wait for an answer; the server answers within 15 s. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Longest wait for what is still on its way at the end. */
  private static final Duration LAST = Duration.ofSeconds(10);

  private Wire() {}

  /** Opens the WebSocket and says hello, again when the server says to come later. */
  public static ChainBuilder open() {
    return asLongAs(session -> !Mailbox.of(session).connected() && !session.isFailed())
        .on(
            exec(ws(Names.OPEN).connect("/ws").subprotocol("magpie.v1"))
                .exec(exitHereIfFailed())
                .exec(hello())
                .exec(doIf(session -> refused(session, "overloaded")).then(comeLater())))
        .exec(exitHereIfFailed());
  }

  private static ChainBuilder hello() {
    return exec(
        ws(Names.FRAMES)
            .sendText(
                session ->
                    Mailbox.of(session)
                        .hello(session.getString(Door.TOKEN), System.currentTimeMillis()))
            .await(ANSWER)
            .on(answer(Names.HELLO, refusal().in(Mailbox.NONE, "overloaded"))));
  }

  private static ChainBuilder comeLater() {
    return exec(session -> {
          Recorder.log(session).point(Names.HELLO_LATER);
          return session;
        })
        .exec(close())
        .exec(pause(session -> withChance(Mailbox.of(session).retryAfterMs())));
  }

  private static Duration withChance(long millis) {
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
  }

  /** Sends a request and waits for its answer, which {@link Mailbox#answer()} has then. */
  public static ChainBuilder ask(String op, Function<Session, Map<String, ?>> params) {
    return receive()
        .exec(
            ws(Names.FRAMES)
                .sendText(session -> Mailbox.of(session).request(op, params.apply(session)))
                .await(ANSWER)
                .on(answer(Names.answered(op), refusal().is(Mailbox.NONE))));
  }

  private static WsFrameCheck.Text answer(String name, CheckBuilder check) {
    return ws.checkTextMessage(name)
        .matching(bodyString().transformWithSession(Wire::answers).is(true))
        .check(check);
  }

  private static boolean answers(String frame, Session session) {
    return Mailbox.of(session).answers(frame, System.currentTimeMillis(), Recorder.log(session));
  }

  private static CheckBuilder.Validate<String> refusal() {
    return bodyString().transformWithSession((frame, session) -> Mailbox.of(session).refusal());
  }

  private static boolean refused(Session session, String code) {
    return !session.isFailed() && Mailbox.of(session).refusal().equals(code);
  }

  /** Takes what has arrived since the last action. */
  public static ChainBuilder receive() {
    return exec(ws.processUnmatchedMessages(Wire::take));
  }

  private static Session take(List<WsInboundMessage> messages, Session session) {
    Log log = Recorder.log(session);
    Mailbox mailbox = Mailbox.of(session);
    for (WsInboundMessage message : messages) {
      if (message instanceof WsInboundMessage.Text text) {
        mailbox.take(text.message(), text.timestamp(), log);
      }
    }
    return session;
  }

  /** Renews the access token when the server has said that it ends. */
  public static ChainBuilder stayLoggedIn(Door door) {
    return doIf(session -> Mailbox.of(session).arrivals().takeTokenExpires())
        .then(
            door.renew()
                .exec(
                    ask(
                        "session.reauth",
                        session -> Map.of("token", session.getString(Door.TOKEN)))));
  }

  /** Pulls what was missed and was too much to be pushed. */
  public static ChainBuilder catchUp() {
    return asLongAs(session -> !session.isFailed() && cursors(session).pull().isPresent())
        .on(
            ask("stream.events", Wire::pull)
                .exec(
                    session -> {
                      Mailbox mailbox = Mailbox.of(session);
                      mailbox
                          .arrivals()
                          .pulled(
                              mailbox.answer(), System.currentTimeMillis(), Recorder.log(session));
                      return session;
                    }));
  }

  private static Map<String, ?> pull(Session session) {
    Cursors.Pull pull = cursors(session).pull().orElseThrow();
    return Map.of("stream", pull.stream(), "after", pull.after(), "limit", 200);
  }

  /** Asks where all streams are and waits until this user is there, too: every delivery came. */
  public static ChainBuilder complete() {
    return ask("stream.list", session -> Map.of("limit", 200))
        .exec(
            session -> {
              Mailbox mailbox = Mailbox.of(session);
              mailbox.cursors().expect(mailbox.answer().path("items"));
              return session;
            })
        .exec(
            asLongAsDuring(session -> cursors(session).behind() > 0, LAST)
                .on(pause(Duration.ofMillis(20)).exec(receive())))
        .exec(
            session -> {
              long behind = cursors(session).behind();
              if (behind == 0) {
                Recorder.log(session).point(Names.COMPLETE);
              } else {
                Recorder.log(session).failed(Names.COMPLETE, behind + " streams are behind");
              }
              return session;
            });
  }

  private static Cursors cursors(Session session) {
    return Mailbox.of(session).cursors();
  }

  /** Says goodbye; cursors are kept for another {@link #open()}. */
  public static ChainBuilder close() {
    return receive()
        .exec(ws(Names.CLOSE).close())
        .exec(
            session -> {
              Mailbox.of(session).disconnected();
              return session;
            });
  }
}
