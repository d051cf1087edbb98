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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code typing.start}. Of one user in one conversation one signal in two seconds passes, more is
 * answered and dropped. Safe from any event loop.
 */
final class Typing {
  static final Duration QUIET = Duration.ofSeconds(2);
  private static final int REMEMBERED = 10_000;

  private final Seats seats;
  private final Signals signals;
  private final Clock clock;
  private final Map<Writing, Instant> passed = new ConcurrentHashMap<>();

  Typing(Seats seats, Signals signals, Clock clock) {
    this.seats = seats;
    this.signals = signals;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.user("typing.start", this::start);
  }

  private record Writing(UUID conversation, UUID user) {}

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
              if (pass(new Writing(conversation, user), clock.instant())) {
                TypingSignal signal = new TypingSignal("typing", conversation, user);
                signals.send(new Signal(conversation, user, signal.kind(), Json.write(signal)));
              }
              return new Nothing();
            });
  }

  private boolean pass(Writing writing, Instant now) {
    if (passed.size() >= REMEMBERED) {
      passed.values().removeIf(at -> !recent(at, now));
    }
    boolean[] through = {false};
    passed.compute(
        writing,
        (key, before) -> {
          through[0] = before == null || !recent(before, now);
          return through[0] ? now : before;
        });
    return through[0];
  }

  /** A clock that was set back silences nobody. */
  private static boolean recent(Instant before, Instant now) {
    return !before.isAfter(now) && before.plus(QUIET).isAfter(now);
  }
}
