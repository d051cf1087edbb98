package io.magpie.redis;

import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** What a node hears. Called on the context of the {@link PubSub}; must not block. */
public interface PubSubListener {
  void message(String channel, Buffer payload);

  /**
   * Redis has confirmed these subscriptions: from now on their messages come. What was published
   * before has to be read elsewhere. Called again for all of them after each reconnection.
   */
  void confirmed(Set<String> channels);
}
