package io.magpie.message;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.access.Decision;
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
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** {@code message.edit} and {@code message.recall}. */
final class MessageEditing {
  private final Targeting targeting;
  private final Access access;
  private final PinExpiry expiry;
  private final Clock clock;
  private final MessageLimits limits;

  MessageEditing(
      Writer writer, Access access, PinExpiry expiry, Clock clock, MessageLimits limits) {
    this.targeting = new Targeting(writer);
    this.access = access;
    this.expiry = expiry;
    this.clock = clock;
    this.limits = limits;
  }

  void register(Operations operations) {
    operations.user("message.edit", this::edit).user("message.recall", this::recall);
  }

  private Future<?> edit(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    Edit edit = new Edit(MessageParams.text(params, limits), MessageParams.mentions(params));
    params.end();
    Actor.User actor = call.user();
    return targeting
        .change(conversation, actor.id(), seq, scene -> edit(actor, scene, edit))
        .map(WrittenBody::of);
  }

  private Future<Written> edit(Actor.User actor, Scene scene, Edit edit) {
    Target target = scene.target();
    access.require(actor, MessageActions.EDIT, authored(scene));
    target.requireWords();
    if (target.sent().body().flatMap(Body::words).isEmpty()) {
      throw RequestError.of(ErrorCode.CONFLICT, "A forwarded message has no words of its own.");
    }
    if (edit.mentions().filter(Mentions::all).isPresent()) {
      access.require(actor, MessageActions.MENTION_ALL, scene.seat());
    }
    requireWithin(target, limits.editWindow());
    if (!edit.changes(target)) {
      return scene.unchanged();
    }
    return scene
        .change()
        .requirePresent(target.conversation(), Mentions.named(edit.mentions()))
        .compose(present -> store(actor, scene, edit));
  }

  private static Future<Written> store(Actor.User actor, Scene scene, Edit edit) {
    Target target = scene.target();
    Event event =
        scene
            .change()
            .append(
                target.conversation(),
                MessageEvents.edited(actor.id(), target.seq(), edit.text(), edit.mentions()));
    return MessageStore.edit(scene.change(), target, event, edit)
        .map(stored -> scene.change().written(event));
  }

  private Future<?> recall(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    params.end();
    Actor.User actor = call.user();
    return targeting
        .change(conversation, actor.id(), seq, scene -> recall(actor, scene))
        .map(WrittenBody::of);
  }

  /** A second recall changes nothing, so a retry gets no error. */
  private Future<Written> recall(Actor.User actor, Scene scene) {
    Target target = scene.target();
    access.require(actor, MessageActions.RECALL, authored(scene));
    if (target.now().recalled()) {
      return scene.unchanged();
    }
    if (access.decide(actor, MessageActions.MODERATE, scene.seat()) != Decision.ALLOW) {
      requireWithin(target, limits.recallWindow());
    }
    Event event =
        scene
            .change()
            .append(target.conversation(), MessageEvents.recalled(actor.id(), target.seq()));
    return MessageStore.recall(scene.change(), target, event)
        .compose(stored -> expiry.follow(scene.change(), target, Optional.empty()))
        .map(followed -> scene.change().written(event));
  }

  private static MessageActions.Authored authored(Scene scene) {
    return new MessageActions.Authored(scene.seat(), scene.target().sender());
  }

  private void requireWithin(Target target, Duration window) {
    if (clock.instant().isAfter(target.at().plus(window))) {
      throw RequestError.of(ErrorCode.WINDOW_PASSED);
    }
  }
}
