package io.magpie.app.config;

/**
 * All limits, by what they protect. docs/settings.md has the values and what happens beyond them.
 */
public record Limits(
    FrameLimits frames,
    MessageLimits messages,
    UnauthenticatedLimits unauthenticated,
    HelloLimits hellos,
    ConnectionLimits connections,
    OutboundLimits outbound,
    LoginLimits login,
    ConversationLimits conversations) {

  static Limits from(Values values) {
    return new Limits(
        FrameLimits.from(values),
        MessageLimits.from(values),
        UnauthenticatedLimits.from(values),
        HelloLimits.from(values),
        ConnectionLimits.from(values),
        OutboundLimits.from(values),
        LoginLimits.from(values),
        ConversationLimits.from(values));
  }
}
