package io.magpie.app.config;

/**
 * How large a conversation may be.
 *
 * @param members members of a group
 * @param pins pinned messages
 */
public record ConversationLimits(int members, int pins) {

  static ConversationLimits from(Values values) {
    return new ConversationLimits(
        values.get(LimitsTable.GROUP_MEMBERS), values.get(LimitsTable.PINS));
  }
}
