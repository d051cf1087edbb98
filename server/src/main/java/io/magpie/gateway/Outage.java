package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * This node without the database. Hellos are refused at once, with a time to come again. Who is
 * connected stays, unless other nodes are known to have the database: then they are sent there, in
 * batches and with waits as at a stop. From any thread.
 */
public final class Outage {
  private static final long SHORTEST_WAIT_MS = 1_000;
  private static final long LONGEST_WAIT_MS = 3_000;

  private final Supplier<Drain> drain;
  private final Consumer<Consumer<Connection>> turnAway;
  private Optional<Drain> leaving = Optional.empty();
  private volatile boolean lost;

  /**
   * @param drain makes one of all who are connected
   * @param turnAway tells those who have not finished their hello
   */
  Outage(Supplier<Drain> drain, Consumer<Consumer<Connection>> turnAway) {
    this.drain = drain;
    this.turnAway = turnAway;
  }

  boolean lost() {
    return lost;
  }

  /**
   * Before a hello.
   *
   * @throws RequestError {@code unavailable} with the time to come again
   */
  void admit() {
    if (lost) {
      throw refusal();
    }
  }

  private static RequestError refusal() {
    long wait = ThreadLocalRandom.current().nextLong(SHORTEST_WAIT_MS, LONGEST_WAIT_MS);
    return RequestError.retryAfter(ErrorCode.UNAVAILABLE, Duration.ofMillis(wait));
  }

  /** The database cannot be reached from here. */
  public void begin() {
    lost = true;
    turnAway.accept(
        connection -> {
          RequestError why = refusal();
          connection.end(Failures.close(why), why);
        });
  }

  /** Other nodes have the database: whoever is connected here is sent to them. */
  public synchronized void sendAway() {
    if (lost) {
      Drain begun = drain.get();
      leaving = Optional.of(begun);
      begun.run();
    }
  }

  /** The database is back; who has not been told to go may stay. */
  public synchronized void end() {
    lost = false;
    leaving.ifPresent(Drain::callOff);
    leaving = Optional.empty();
  }
}
