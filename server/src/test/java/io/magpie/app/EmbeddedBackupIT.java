package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpie.app.config.CommandLine;
import io.magpie.app.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the embedded database: beside its server, and into a new data directory. */
class EmbeddedBackupIT {
  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Config config(String directory) {
    return Config.load(
        Map.of(
            "MAGPIE_DATA_DIR", folder.resolve(directory).toString(),
            "MAGPIE_WARM_UP", "0s",
            "MAGPIE_HTTP_PORT", "0",
            "MAGPIE_MANAGEMENT_PORT", "0"),
        CommandLine.parse());
  }

  private String run(Config config, String... words) {
    printed.reset();
    new BackupCommand(config, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(List.of(words));
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String refusal(Config config, String... words) {
    StartFailure failure = catchThrowableOfType(StartFailure.class, () -> run(config, words));
    assertThat(failure).as("it was done").isNotNull();
    return failure.code();
  }

  @Test
  void a_running_server_is_backed_up_and_comes_back_in_another_directory() {
    Config first = config("first");
    String file = folder.resolve("backup.zip").toString();
    assertThat(refusal(first, "backup", file)).isEqualTo("nothing-to-back-up");
    try (Application server = Application.start(first)) {
      assertThat(run(first, "backup", file)).contains("Backed up").contains(file);
      assertThat(run(first, "verify")).contains("checks passed");
      assertThat(refusal(first, "restore", file, "--replace")).isEqualTo("data-directory-in-use");
      assertThat(server.demo()).isPresent();
    }
    assertThat(run(first, "verify")).as("the server does not run").contains("checks passed");
    assertThat(run(first, "verify", file)).contains("is whole");
    assertThat(refusal(first, "restore", file)).isEqualTo("database-not-empty");

    Config second = config("second");
    assertThat(run(second, "restore", file)).contains("Restored").contains("new epoch");
    try (Application server = Application.start(second)) {
      assertThat(server.demo()).as("nobody is added to what was restored").isEmpty();
      assertThat(run(second, "verify")).contains("checks passed");
    }
  }

  @Test
  void what_makes_no_sense_is_answered_with_the_usage() {
    Config nowhere = config("nowhere");
    assertThat(refusal(nowhere, "backup")).isEqualTo("usage");
    assertThat(refusal(nowhere, "backup", "a", "b")).isEqualTo("usage");
    assertThat(refusal(nowhere, "backup", "--fast")).isEqualTo("usage");
    assertThat(refusal(nowhere, "restore")).isEqualTo("usage");
    assertThat(refusal(nowhere, "restore", "--replace")).isEqualTo("usage");
    assertThat(refusal(nowhere, "verify", "a", "b")).isEqualTo("usage");
    assertThat(refusal(nowhere, "verify")).isEqualTo("nothing-to-back-up");
    assertThat(refusal(nowhere, "verify", folder.resolve("no.zip").toString()))
        .isEqualTo("file-not-found");
  }
}
