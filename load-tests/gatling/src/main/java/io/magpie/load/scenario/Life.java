package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.protocol.Mailbox;
import io.magpie.load.protocol.Recorder;
import io.magpie.load.protocol.Wire;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The run of a virtual user: arrive, log in, stay while doing something now and then, see that
 * nothing is missing, leave.
 */
final class Life {
  /** People do not all leave in the same moment, unless a scenario wants it. */
  private static final long LEAVING_MS = 5_000;

  private final Run run;
  private final AtomicLong start = new AtomicLong();

  Life(Run run) {
    this.run = run;
  }

  /**
   * What a user does.
   *
   * @param begin after each connection
   * @param now when something is due
   * @param schedule when that is
   */
  record Deeds(ChainBuilder begin, ChainBuilder now, Schedule schedule) {
    static final ChainBuilder NOTHING = exec(session -> session);
  }

  ScenarioBuilder of(String name, Iterator<Map<String, Object>> people, Deeds deeds) {
    return scenario(name)
        .exec(Recorder.attach())
        .exec(feed(people))
        .exec(session -> born(session, deeds))
        .exec(run.door().logIn())
        .exec(exitHereIfFailed())
        .exec(Wire.open())
        .exec(deeds.begin())
        .exec(asLongAs(session -> !agenda(session).over(now())).on(tick(deeds)))
        .exec(Wire.complete())
        .exec(Wire.close());
  }

  /** When the first user arrived. */
  long start() {
    return start.get();
  }

  private Session born(Session session, Deeds deeds) {
    start.compareAndSet(0, now());
    long stay = run.plan().ramp().plus(run.plan().duration()).toMillis();
    long end = start.get() + stay + ThreadLocalRandom.current().nextLong(LEAVING_MS);
    Agenda agenda = new Agenda(deeds.schedule(), now(), end);
    return session.set(Agenda.KEY, agenda).set(Mailbox.KEY, new Mailbox());
  }

  private ChainBuilder tick(Deeds deeds) {
    return exec(pause(session -> agenda(session).rest(now())))
        .exec(Wire.receive())
        .exec(doIf(Life::lost).then(comeBack(deeds)))
        .exec(Session::markAsSucceeded)
        .exec(Wire.stayLoggedIn(run.door()))
        .exec(doIf(session -> agenda(session).due(now())).then(exec(deeds.now()).exec(Life::done)));
  }

  private static Session done(Session session) {
    agenda(session).done();
    return session;
  }

  /** Whether there is no connection to go on with; a request that was refused is none of it. */
  private static boolean lost(Session session) {
    Mailbox mailbox = Mailbox.of(session);
    return mailbox.cut() || session.isFailed() && mailbox.refusal().equals(Mailbox.NONE);
  }

  private static ChainBuilder comeBack(Deeds deeds) {
    return Wire.close()
        .exec(Session::markAsSucceeded)
        .exec(Wire.open())
        .exec(Wire.catchUp())
        .exec(deeds.begin());
  }

  private static Agenda agenda(Session session) {
    return session.get(Agenda.KEY);
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
