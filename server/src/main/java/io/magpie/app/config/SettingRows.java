package io.magpie.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Declared settings, in the order in which they were declared. */
final class SettingRows {
  private final List<Setting<?>> rows = new ArrayList<>();

  /** Declares one; its key gets the prefix {@code MAGPIE_}. */
  <T> Setting<T> row(String name, Kind<T> kind, String standard, String description) {
    Setting<T> setting = new Setting<>("MAGPIE_" + name, kind, standard, description);
    rows.add(setting);
    return setting;
  }

  Stream<Setting<?>> stream() {
    return rows.stream();
  }
}
