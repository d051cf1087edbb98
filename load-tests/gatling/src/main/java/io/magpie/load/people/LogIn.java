package io.magpie.load.people;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;

import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.protocol.Names;
import io.magpie.load.protocol.Recorder;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Asks for tokens until there are some: a server that is busy says to come again (429, 503). */
final class LogIn {
  /** Session attribute that the request leaves: the HTTP status. */
  static final String STATUS = "logInStatus";

  private LogIn() {}

  /**
   * @param request leaves {@link #STATUS}, and {@link Door#TOKEN} when it was answered
   */
  static ChainBuilder until(ActionBuilder request) {
    return exec(session -> session.remove(Door.TOKEN))
        .exec(
            asLongAs(session -> !session.contains(Door.TOKEN) && !session.isFailed())
                .on(exec(request).exec(doIf(LogIn::later).then(waitABit()))));
  }

  private static boolean later(Session session) {
    return !session.isFailed() && session.getInt(STATUS) >= 400;
  }

  private static ChainBuilder waitABit() {
    return exec(session -> {
          Recorder.log(session).point(Names.LOG_IN_LATER);
          return session;
        })
        .exec(pause(session -> Duration.ofMillis(ThreadLocalRandom.current().nextInt(1000, 2000))));
  }
}
