package io.magpie.app.config;

/**
 * How large a conversation may be.
 *
 * @param members members of a group
 */
public record ConversationLimits(int members) {

  static ConversationLimits from(Values values) {
    return new ConversationLimits(values.get(SettingsTable.GROUP_MEMBERS));
  }
}
