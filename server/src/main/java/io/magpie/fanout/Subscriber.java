package io.magpie.fanout;

import io.magpie.stream.Event;
import java.util.UUID;

/** A connection as the fan-out sees it. Called on the hub's event loop only. */
public interface Subscriber {
  UUID user();

  /** Takes an event; those of one stream come in order, each once. */
  void event(Event event);

  /** Takes a signal; may drop it or replace it by a newer one. */
  void signal(Signal signal);

  /** Whether so much waits for it already that catching up should pause. */
  boolean congested();

  /** A stream could not be caught up: only a new connection can mend it. */
  void broken(Throwable cause);
}
