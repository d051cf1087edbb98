package io.magpie.app.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parsed value of every setting, and what was wrong with the texts. */
final class Values {
  private final Map<Setting<?>, Object> parsed = new HashMap<>();

  private Values() {}

  /** Parses every row; what is wrong is added to {@code problems} and has no value. */
  static Values parse(Map<String, String> texts, List<String> problems) {
    Values values = new Values();
    for (Setting<?> setting : SettingsTable.rows()) {
      String text = texts.getOrDefault(setting.key(), "").strip();
      values.parse(setting, text.isEmpty() ? setting.standard() : text, problems);
    }
    return values;
  }

  private void parse(Setting<?> setting, String text, List<String> problems) {
    if (text.isEmpty() && !setting.kind().isList()) {
      return;
    }
    try {
      parsed.put(setting, setting.kind().parser().apply(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      String found = setting.kind().isSecret() ? "a value" : "`" + text + "`";
      problems.add(
          setting.key() + ": found " + found + ", allowed is " + setting.kind().allowed() + ".");
    }
  }

  /** The value of a setting that always has one. */
  <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.key() + " has no value"));
  }

  /** The value of a setting that may be unset. */
  @SuppressWarnings("unchecked") // parsed by the same setting's kind
  <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) parsed.get(setting));
  }
}
