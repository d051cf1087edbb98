package io.magpie.operation;

import io.magpie.access.Actor;
import io.magpie.protocol.Params;

/** One request: who, with which parameters, from where. */
public record Call(Actor actor, Params params, Peer peer) {

  /** The acting user; refuses everybody else with {@code unauthenticated}. */
  public Actor.User user() {
    return actor.user();
  }
}
