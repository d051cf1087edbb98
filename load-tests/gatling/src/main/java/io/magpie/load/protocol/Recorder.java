package io.magpie.load.protocol;

import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.stats.StatsEngine;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import scala.Option;

/**
 * Writes what is no request of Gatling's into its report: a delivery has a start (another user's
 * send) and an end (its arrival) but no request of this user.
 *
 * <p>The Java DSL has nothing for it. The stats engine is given to every action that is built;
 * {@link #attach()} is an action that keeps it and is not there when the scenario runs. This class
 * is the only one that touches Gatling's Scala side.
 */
public final class Recorder {
  private static volatile StatsEngine engine;

  private Recorder() {}

  /** Belongs into each scenario, anywhere. */
  public static ActionBuilder attach() {
    return () ->
        (context, next) -> {
          engine = context.coreComponents().statsEngine();
          return next;
        };
  }

  /** The log of a virtual user. */
  public static Log log(Session session) {
    return new Log() {
      @Override
      public void ok(String name, long from, long to) {
        write(session, name, new long[] {from, Math.max(from, to)}, OK$.MODULE$, Option.empty());
      }

      @Override
      public void failed(String name, String why) {
        long now = System.currentTimeMillis();
        write(session, name, new long[] {now, now}, KO$.MODULE$, Option.apply(why));
      }
    };
  }

  private static void write(
      Session session, String name, long[] times, Status status, Option<String> why) {
    engine.logResponse(
        session.scenario(),
        session.asScala().groups(),
        name,
        times[0],
        times[1],
        status,
        Option.empty(),
        why);
  }
}
