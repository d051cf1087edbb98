package io.magpie.app.config;

import java.util.stream.Collectors;

/** The table as docs/settings.md shows it. */
final class SettingsDocument {
  private SettingsDocument() {}

  static String table() {
    String rows =
        SettingsTable.rows().stream().map(SettingsDocument::row).collect(Collectors.joining("\n"));
    return "| key | type | default | meaning |\n|---|---|---|---|\n" + rows + "\n";
  }

  private static String row(Setting<?> setting) {
    String standard = setting.standard().isEmpty() ? "–" : "`" + setting.standard() + "`";
    return "| `"
        + setting.key()
        + "` | "
        + setting.kind().allowed()
        + (setting.kind().isSecret() ? "; never shown" : "")
        + " | "
        + standard
        + " | "
        + setting.description()
        + " |";
  }
}
