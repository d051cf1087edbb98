package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

  @Test
  void the_document_shows_the_table_of_the_code() throws IOException {
    Path beside = Path.of("docs/settings.md");
    Path document = Files.exists(beside) ? beside : Path.of("../docs/settings.md");

    assertThat(Files.readString(document)).contains(SettingsDocument.table());
  }

  @Test
  void every_row_says_what_it_is_for_and_its_default_is_allowed() {
    assertThat(SettingsTable.rows())
        .allSatisfy(
            setting -> {
              assertThat(setting.description()).as(setting.key()).endsWith(".");
              assertThat(setting.key()).matches("MAGPIE_[A-Z_]+");
              if (!setting.standard().isEmpty()) {
                assertThat(setting.kind().parser().apply(setting.standard())).isNotNull();
              }
            });
  }
}
