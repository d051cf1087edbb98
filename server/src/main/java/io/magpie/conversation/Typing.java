package io.magpie.conversation;

import io.magpie.fanout.Signal;
import io.magpie.fanout.Signals;
import io.magpie.membership.Seats;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.UUID;

/**
 * {@code typing.start}. Of one user in one conversation one signal in two seconds passes, more is
 * answered and dropped. Safe from any event loop.
 */
final class Typing {
  private final Seats seats;
  private final Signals signals;
  private final Clock clock;
  private final TypingPace pace = new TypingPace();

  Typing(Seats seats, Signals signals, Clock clock) {
    this.seats = seats;
    this.signals = signals;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.user("typing.start", this::start);
  }

  /** {@code TypingSignal} of the contract. */
  record TypingSignal(String kind, UUID conversation, UUID user) {}

  /** {@code Empty} of the contract. */
  record Nothing() {}

  private Future<?> start(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    params.end();
    UUID user = call.user().id();
    return seats
        .find(conversation, user)
        .map(
            seat -> {
              if (pace.pass(conversation, user, clock.instant())) {
                TypingSignal signal = new TypingSignal("typing", conversation, user);
                signals.send(new Signal(conversation, user, signal.kind(), Json.write(signal)));
              }
              return new Nothing();
            });
  }
}
