package io.magpie.app.config;

/**
 * What JSON from a client may be.
 *
 * @param depth deepest nesting
 * @param keys most keys
 * @param numberDigits longest number
 */
public record JsonLimits(int depth, int keys, int numberDigits) {

  static JsonLimits from(Values values) {
    return new JsonLimits(
        values.get(SettingsTable.JSON_DEPTH),
        values.get(SettingsTable.JSON_KEYS),
        values.get(SettingsTable.JSON_NUMBER_DIGITS));
  }
}
