package io.magpie.message;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.message.Targeting.Scene;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Event;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** {@code message.pin} and {@code message.unpin}. A pin that is over counts as none. */
final class Pins {
  private static final String COUNT =
      """
      select count(*) as pins from message_state
      where stream_id = $1 and pin_seq is not null and (pin_until is null or pin_until > $2)
      """;

  private final Targeting targeting;
  private final Access access;
  private final Clock clock;
  private final MessageLimits limits;

  Pins(Writer writer, Access access, Clock clock, MessageLimits limits) {
    this.targeting = new Targeting(writer);
    this.access = access;
    this.clock = clock;
    this.limits = limits;
  }

  void register(Operations operations) {
    operations.user("message.pin", this::pin).user("message.unpin", this::unpin);
  }

  private Future<?> pin(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    Optional<Instant> until =
        params.optionalInstant("until").map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    params.end();
    Instant now = clock.instant();
    if (until.isPresent() && !until.get().isAfter(now)) {
      throw params.error(ErrorCode.INVALID_FIELD, "until", "must be in the future");
    }
    Actor.User actor = call.user();
    return targeting
        .change(conversation, actor.id(), seq, scene -> pin(actor, scene, until, now))
        .map(WrittenBody::of);
  }

  private Future<Written> pin(Actor.User actor, Scene scene, Optional<Instant> until, Instant now) {
    access.require(actor, MessageActions.PIN, scene.seat());
    scene.target().requireWords();
    Optional<Pin> present = scene.target().now().pin().filter(pin -> !pin.over(now));
    if (present.isPresent()) {
      return present.get().until().equals(until) ? scene.unchanged() : store(scene, until);
    }
    return scene
        .change()
        .query(COUNT, Tuple.of(scene.seat().conversation(), now.atOffset(ZoneOffset.UTC)))
        .compose(
            rows -> {
              if (rows.iterator().next().getLong("pins") >= limits.pins()) {
                throw RequestError.of(ErrorCode.CONFLICT, "As many messages are pinned as can be.");
              }
              return store(scene, until);
            });
  }

  private static Future<Written> store(Scene scene, Optional<Instant> until) {
    Target target = scene.target();
    Event event =
        scene
            .change()
            .append(
                target.conversation(),
                MessageEvents.pinned(scene.seat().user(), target.seq(), until));
    return MessageStore.pin(scene.change(), target, event, until)
        .map(stored -> scene.change().written(event));
  }

  private Future<?> unpin(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    params.end();
    Actor.User actor = call.user();
    Instant now = clock.instant();
    return targeting
        .change(conversation, actor.id(), seq, scene -> unpin(actor, scene, now))
        .map(WrittenBody::of);
  }

  private Future<Written> unpin(Actor.User actor, Scene scene, Instant now) {
    access.require(actor, MessageActions.PIN, scene.seat());
    Target target = scene.target();
    if (target.now().pin().filter(pin -> !pin.over(now)).isEmpty()) {
      return scene.unchanged();
    }
    Event event =
        scene
            .change()
            .append(
                target.conversation(), MessageEvents.unpinned(scene.seat().user(), target.seq()));
    return MessageStore.unpin(scene.change(), target).map(stored -> scene.change().written(event));
  }
}
