package io.magpie.message;

import io.magpie.identity.User;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a forward sends: a body, and where it comes from unless it says so itself.
 *
 * @param from origin of a message that is forwarded by itself; a merged one names its parts' own
 */
record Forwarded(Body body, Optional<ForwardedFrom> from) {

  /**
   * Each by itself, or all as one.
   *
   * @throws RequestError {@code text_too_long} where they are too much for once, {@code
   *     invalid_field} where a merged one would have too many parts
   */
  static List<Forwarded> of(List<Message> messages, Map<UUID, User> people, boolean merge) {
    List<Body.Item> items = messages.stream().flatMap(message -> items(message, people)).toList();
    int bytes = items.stream().mapToInt(item -> Texts.utf8Bytes(item.text())).sum();
    if (bytes > MessageLimits.FORWARDED_BYTES) {
      throw RequestError.field(
          ErrorCode.TEXT_TOO_LONG, "seqs", "seqs names more text than is forwarded at once.");
    }
    if (!merge) {
      return messages.stream().map(message -> alone(message, people)).toList();
    }
    if (items.size() > MessageLimits.FORWARDED) {
      throw RequestError.field(
          ErrorCode.INVALID_FIELD, "seqs", "seqs names more messages than fit into one.");
    }
    return List.of(new Forwarded(new Body.Forward(items), Optional.empty()));
  }

  private static Forwarded alone(Message message, Map<UUID, User> people) {
    Body body = message.body().orElseThrow();
    return new Forwarded(
        body,
        body instanceof Body.Forward ? Optional.empty() : Optional.of(origin(message, people)));
  }

  /** A forwarded message inside a merged one stands there with its own parts. */
  private static Stream<Body.Item> items(Message message, Map<UUID, User> people) {
    Body body = message.body().orElseThrow();
    if (body instanceof Body.Forward forward) {
      return forward.items().stream();
    }
    ForwardedFrom origin = origin(message, people);
    String name = origin.senderName();
    Instant at = origin.at();
    return Stream.of(
        body instanceof Body.Code code
            ? new Body.Item(name, at, "code", code.text(), code.language())
            : new Body.Item(name, at, "text", body.words().orElseThrow(), Optional.empty()));
  }

  /** Who wrote it first and when, however often it was forwarded. */
  private static ForwardedFrom origin(Message message, Map<UUID, User> people) {
    return message
        .forwardedFrom()
        .orElseGet(
            () ->
                new ForwardedFrom(
                    Optional.ofNullable(people.get(message.sender()))
                        .map(User::displayName)
                        .orElse("?"),
                    message.at()));
  }
}
