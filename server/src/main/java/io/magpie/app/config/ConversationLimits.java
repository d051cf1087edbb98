package io.magpie.app.config;

/**
 * How large a conversation and a look into it may be.
 *
 * @param members members of a group
 * @param pins pinned messages
 * @param pageSize entries of a page
 */
public record ConversationLimits(int members, int pins, int pageSize) {

  static ConversationLimits from(Values values) {
    return new ConversationLimits(
        values.get(SettingsTable.GROUP_MEMBERS),
        values.get(SettingsTable.PINS),
        values.get(SettingsTable.PAGE_SIZE));
  }
}
