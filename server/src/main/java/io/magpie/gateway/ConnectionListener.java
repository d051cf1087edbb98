package io.magpie.gateway;

import io.magpie.access.Actor;
import io.magpie.operation.Line;

/** Told about connections by their event loops; must not block. */
public interface ConnectionListener {
  /** A client was welcomed. */
  void connected(Line line, Actor.User user);

  /** A connection that was welcomed is over. Comes once, after {@link #connected}. */
  void disconnected(Line line);
}
