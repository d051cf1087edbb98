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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code message.pin} and {@code message.unpin}. A pin with an end stays until {@link PinExpiry}
 * ends it.
 */
final class Pins {
  private static final String COUNT =
      """
      select count(*) as pins from message_state
      where stream_id = $1 and pin_seq is not null
      """;

  private final Targeting targeting;
  private final Access access;
  private final PinExpiry expiry;
  private final MessageLimits limits;

  Pins(Writer writer, Access access, PinExpiry expiry, MessageLimits limits) {
    this.targeting = new Targeting(writer);
    this.access = access;
    this.expiry = expiry;
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
    Actor.User actor = call.user();
    return targeting
        .change(
            conversation,
            actor.id(),
            seq,
            scene -> {
              access.require(actor, MessageActions.PIN, scene.seat());
              scene.target().requireWords();
              if (until.filter(at -> !at.isAfter(scene.change().at(conversation))).isPresent()) {
                throw params.error(ErrorCode.INVALID_FIELD, "until", "must be in the future");
              }
              return pin(scene, until);
            })
        .map(WrittenBody::of);
  }

  private Future<Written> pin(Scene scene, Optional<Instant> until) {
    Optional<Pin> present = scene.target().now().pin();
    if (present.isPresent()) {
      return present.get().until().equals(until) ? scene.unchanged() : store(scene, until);
    }
    return scene
        .change()
        .query(COUNT, Tuple.of(scene.seat().conversation()))
        .compose(
            rows -> {
              if (rows.iterator().next().getLong("pins") >= limits.pins()) {
                throw RequestError.of(ErrorCode.CONFLICT, "As many messages are pinned as can be.");
              }
              return store(scene, until);
            });
  }

  private Future<Written> store(Scene scene, Optional<Instant> until) {
    Target target = scene.target();
    Event event =
        scene
            .change()
            .append(
                target.conversation(),
                MessageEvents.pinned(scene.seat().user(), target.seq(), until));
    return MessageStore.pin(scene.change(), target, event, until)
        .compose(stored -> expiry.follow(scene.change(), target, until))
        .map(followed -> scene.change().written(event));
  }

  private Future<?> unpin(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    params.end();
    Actor.User actor = call.user();
    return targeting
        .change(conversation, actor.id(), seq, scene -> unpin(actor, scene))
        .map(WrittenBody::of);
  }

  private Future<Written> unpin(Actor.User actor, Scene scene) {
    access.require(actor, MessageActions.PIN, scene.seat());
    Target target = scene.target();
    if (target.now().pin().isEmpty()) {
      return scene.unchanged();
    }
    Event event =
        scene
            .change()
            .append(
                target.conversation(), MessageEvents.unpinned(scene.seat().user(), target.seq()));
    return MessageStore.unpin(scene.change(), target.conversation(), target.seq())
        .compose(stored -> expiry.follow(scene.change(), target, Optional.empty()))
        .map(followed -> scene.change().written(event));
  }
}
