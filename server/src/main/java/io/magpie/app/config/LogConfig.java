package io.magpie.app.config;

/**
 * What the log looks like.
 *
 * @param json one JSON object a record instead of a readable line
 * @param level error, warn, info, debug or trace
 */
public record LogConfig(boolean json, String level) {

  static LogConfig from(Values values) {
    return new LogConfig(
        values.get(SettingsTable.LOG_FORMAT).equals("json"), values.get(SettingsTable.LOG_LEVEL));
  }
}
