package io.magpie.app.config;

/**
 * How many clients a node lets in, so that those that come back together do not keep the database
 * from those that work.
 *
 * @param perSecond hellos in the long run
 * @param burst hellos that may come together
 * @param atOnce hellos that ask the database at the same time
 */
public record HelloLimits(int perSecond, int burst, int atOnce) {

  static HelloLimits from(Values values) {
    int half = Math.max(1, values.get(SettingsTable.POSTGRES_POOL_SIZE) / 2);
    return new HelloLimits(
        values.get(LimitsTable.HELLOS_PER_SECOND),
        values.get(LimitsTable.HELLOS_BURST),
        Math.min(half, values.get(LimitsTable.HELLOS_AT_ONCE)));
  }
}
