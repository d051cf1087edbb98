package io.magpie.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Values that are right alone and wrong together. */
final class Contradictions {
  private Contradictions() {}

  static List<String> in(Values values) {
    List<String> found = new ArrayList<>();
    together(values, SettingsTable.POSTGRES_URI, SettingsTable.REDIS_URI, found);
    together(values, SettingsTable.TLS_CERTIFICATE, SettingsTable.TLS_KEY, found);
    needs(values, SettingsTable.POSTGRES_OWNER_URI, SettingsTable.POSTGRES_URI, found);
    if (isSet(values, SettingsTable.POSTGRES_URI)
        && values.find(SettingsTable.TOKEN_KEYS).filter(List::isEmpty).isPresent()) {
      found.add(
          SettingsTable.TOKEN_KEYS.key()
              + " is missing: with a PostgreSQL of your own the keys of tokens are yours too.");
    }
    together(values, SettingsTable.CLUSTER_TLS_CERTIFICATE, SettingsTable.CLUSTER_TLS_KEY, found);
    together(values, SettingsTable.CLUSTER_TLS_CERTIFICATE, SettingsTable.CLUSTER_TLS_CA, found);
    if (values.find(SettingsTable.CLUSTER).orElse(false)
        && values.find(SettingsTable.CLUSTER_MEMBERS).filter(List::isEmpty).isPresent()) {
      found.add(
          SettingsTable.CLUSTER_MEMBERS.key()
              + " is missing: a node that knows no other would be a cluster of its own.");
    }
    atLeast(values, LimitsTable.READ_IDLE, LimitsTable.HEARTBEAT, found);
    return found;
  }

  private static void together(
      Values values, Setting<?> one, Setting<?> other, List<String> found) {
    needs(values, one, other, found);
    needs(values, other, one, found);
  }

  private static void needs(Values values, Setting<?> one, Setting<?> other, List<String> found) {
    if (isSet(values, one) && !isSet(values, other)) {
      found.add(one.key() + " is set and " + other.key() + " is not; they belong together.");
    }
  }

  private static void atLeast(
      Values values, Setting<Duration> longer, Setting<Duration> shorter, List<String> found) {
    boolean tooShort =
        values
            .find(longer)
            .flatMap(
                length ->
                    values.find(shorter).map(half -> length.compareTo(half.multipliedBy(2)) < 0))
            .orElse(false);
    if (tooShort) {
      found.add(longer.key() + " must be at least twice " + shorter.key() + ".");
    }
  }

  private static boolean isSet(Values values, Setting<?> setting) {
    return values.find(setting).isPresent();
  }
}
