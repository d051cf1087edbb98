package io.magpie.message;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the parts of requests that several operations have. */
final class MessageParams {
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9+#._-]{1,32}");

  private MessageParams() {}

  /** {@code SendableBody} under the name {@code body}. */
  static Body body(Params params, MessageLimits limits) {
    Params body = params.object("body");
    String type = body.oneOf("type", "text", "code");
    String text = text(body, limits);
    Body read;
    if (type.equals("code")) {
      read = new Body.Code(text, body.optionalMatching("language", LANGUAGE));
    } else {
      read = new Body.Text(text);
    }
    body.end();
    return read;
  }

  static String text(Params params, MessageLimits limits) {
    return params.text("text", 1, limits.codePoints(), limits.bytes());
  }

  /**
   * {@code Mentions}; empty ones count as none. The id that stands for everybody in the store is
   * nobody's: only {@code all}, with its own right, means everybody.
   */
  static Optional<Mentions> mentions(Params params) {
    return params
        .optionalObject("mentions")
        .map(
            given -> {
              List<UUID> users =
                  given.has("users") ? given.uuids("users", 0, MessageLimits.MENTIONS) : List.of();
              if (users.contains(Mentions.EVERYBODY)) {
                throw given.error(
                    ErrorCode.INVALID_FIELD, "users", "names somebody who is not here");
              }
              Mentions mentions = new Mentions(users, given.flag("all"));
              given.end();
              return mentions;
            })
        .filter(mentions -> mentions.all() || !mentions.users().isEmpty());
  }
}
