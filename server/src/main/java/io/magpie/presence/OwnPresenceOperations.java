package io.magpie.presence;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.Emoji;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** {@code presence.settings}, {@code presence.set}, {@code status.set} and {@code status.clear}. */
final class OwnPresenceOperations {
  private static final int STATUS_CODE_POINTS = 80;

  private final OwnPresence own;
  private final Clock clock;

  OwnPresenceOperations(OwnPresence own, Clock clock) {
    this.own = own;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations
        .user("presence.settings", this::settings)
        .user("presence.set", this::set)
        .user("status.set", this::setStatus)
        .user("status.clear", this::clearStatus);
  }

  private Future<?> settings(Call call) {
    call.params().end();
    Instant now = clock.instant();
    return own.settings(call.user().id())
        .map(found -> found.with(found.status().filter(status -> status.current(now))));
  }

  private Future<?> set(Call call) {
    Params params = call.params();
    Optional<String> availability = params.optionalOneOf("availability", Availability.CODES);
    Optional<String> lastSeen = params.optionalOneOf("lastSeen", PresenceSettings.LAST_SEEN);
    params.end();
    if (params.size() == 0) {
      throw params.error(ErrorCode.MISSING_FIELD, "availability", "or lastSeen is required");
    }
    UUID user = call.user().id();
    return own.change(
            user,
            now ->
                new PresenceSettings(
                    availability.orElse(now.availability()),
                    now.status(),
                    lastSeen.orElse(now.lastSeen())))
        .map(WrittenBody::of);
  }

  private Future<?> setStatus(Call call) {
    Params params = call.params();
    Status status =
        new Status(
            params.optionalMatching("emoji", Emoji.FORM),
            params.line("text", 1, STATUS_CODE_POINTS),
            params.optionalInstant("until").map(at -> at.truncatedTo(ChronoUnit.MILLIS)));
    params.end();
    if (!status.current(clock.instant())) {
      throw params.error(ErrorCode.INVALID_FIELD, "until", "must be in the future");
    }
    UUID user = call.user().id();
    return own.change(user, now -> now.with(Optional.of(status))).map(WrittenBody::of);
  }

  private Future<?> clearStatus(Call call) {
    call.params().end();
    return own.change(call.user().id(), now -> now.with(Optional.empty())).map(WrittenBody::of);
  }
}
