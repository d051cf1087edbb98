package io.magpie.access;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The one door for permission. What has no rule is hidden from everybody. */
public final class Access {
  private final Map<Action<?>, Rule<?>> rules = new ConcurrentHashMap<>();

  /** Registers the rule of an action, once, at start. */
  public <O> void rule(Action<O> action, Rule<O> rule) {
    if (rules.putIfAbsent(action, rule) != null) {
      throw new IllegalStateException("two rules for " + action.name());
    }
  }

  public <O> Decision decide(Actor actor, Action<O> action, O object) {
    @SuppressWarnings("unchecked") // rule() ties both types together
    Rule<O> rule = (Rule<O>) rules.get(action);
    return rule == null ? Decision.HIDE : rule.decide(actor, object);
  }

  /**
   * Goes on only where the action is allowed.
   *
   * @throws RequestError {@code forbidden} or {@code not_found}
   */
  public <O> void require(Actor actor, Action<O> action, O object) {
    switch (decide(actor, action, object)) {
      case ALLOW -> {}
      case FORBID -> throw RequestError.of(ErrorCode.FORBIDDEN);
      case HIDE -> throw RequestError.of(ErrorCode.NOT_FOUND);
    }
  }
}
