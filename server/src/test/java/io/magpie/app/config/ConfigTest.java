package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  private static final CommandLine NO_ARGUMENTS = CommandLine.parse();
  @TempDir Path directory;

  @Test
  void the_environment_wins_over_the_file_and_the_file_over_the_default() throws IOException {
    Path file = directory.resolve("magpie.properties");
    Files.writeString(file, "MAGPIE_HTTP_PORT=9000\nMAGPIE_HTTP_HOST=0.0.0.0\n# a comment\n");

    Config config =
        Config.load(
            Map.of("MAGPIE_CONFIG", file.toString(), "MAGPIE_HTTP_PORT", "9001"), NO_ARGUMENTS);

    assertThat(config.http().port()).isEqualTo(9001);
    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.management().port()).isEqualTo(8081);
  }

  @Test
  void the_argument_names_the_file_too() throws IOException {
    Path file = directory.resolve("magpie.properties");
    Files.writeString(file, "MAGPIE_HTTP_PORT=9000\n");

    CommandLine line = CommandLine.parse("user", "--config", file.toString(), "add");

    assertThat(Config.load(Map.of(), line).http().port()).isEqualTo(9000);
    assertThat(line.words()).containsExactly("user", "add");
  }

  @Test
  void unknown_keys_are_refused_with_a_hint_wherever_they_stand() throws IOException {
    Path file = directory.resolve("magpie.properties");
    Files.writeString(file, "HTTP_PORT=1\n");

    assertThatThrownBy(
            () ->
                Config.load(
                    Map.of("MAGPIE_HTTP_PROT", "1", "PATH", "/bin"),
                    CommandLine.parse("--config=" + file)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MAGPIE_HTTP_PROT is not a setting. Did you mean MAGPIE_HTTP_PORT?")
        .hasMessageContaining("HTTP_PORT is not a setting. Did you mean")
        .hasMessageNotContaining("PATH is not");
  }

  @Test
  void all_problems_are_told_together_and_name_key_value_and_what_is_allowed() {
    assertThatThrownBy(
            () ->
                Config.load(
                    Map.of(
                        "MAGPIE_HTTP_PORT", "80 80",
                        "MAGPIE_FRAME_BYTES", "64KB",
                        "MAGPIE_ORIGINS", "https://*.example.com",
                        "MAGPIE_HEARTBEAT", "soon",
                        "MAGPIE_TRUSTED_PROXIES", "proxy.example.com",
                        "MAGPIE_TLS_KEY", "/nowhere"),
                    NO_ARGUMENTS))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo("settings"))
        .hasMessageContaining("MAGPIE_HTTP_PORT: found `80 80`, allowed is a port from 0")
        .hasMessageContaining("MAGPIE_FRAME_BYTES: found `64KB`, allowed is a size")
        .hasMessageContaining("MAGPIE_ORIGINS: found `https://*.example.com`")
        .hasMessageContaining("MAGPIE_HEARTBEAT: found `soon`")
        .hasMessageContaining("MAGPIE_TRUSTED_PROXIES: found")
        .hasMessageContaining("MAGPIE_TLS_KEY: found `/nowhere`");
  }

  @Test
  void secrets_are_shown_neither_in_problems_nor_in_text() {
    Map<String, String> wrong =
        Map.of("MAGPIE_POSTGRES_URI", "hunter2:", "MAGPIE_TOKEN_KEYS", "a:hunter2");
    assertThatThrownBy(() -> Config.load(wrong, NO_ARGUMENTS)).hasMessageNotContaining("hunter2");

    Config config =
        Config.load(
            Map.of(
                "MAGPIE_POSTGRES_URI", "postgresql://app:hunter2@db/magpie",
                "MAGPIE_POSTGRES_OWNER_URI", "postgresql://owner:hunter2@db/magpie",
                "MAGPIE_REDIS_URI", "redis://:hunter2@cache:6379/0",
                "MAGPIE_DEMO_PASSWORD", "hunter2",
                "MAGPIE_TOKEN_KEYS", "a:hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2"),
            NO_ARGUMENTS);
    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(config.services().embedded()).isFalse();
    assertThat(config.services().postgres().uri().orElseThrow().value()).contains("hunter2");
    assertThat(config.demoPassword()).contains(new Secret("hunter2"));
  }

  @Test
  void what_belongs_together_is_asked_for() {
    assertThatThrownBy(
            () ->
                Config.load(
                    Map.of(
                        "MAGPIE_POSTGRES_URI", "postgresql://app:x@db/magpie",
                        "MAGPIE_HEARTBEAT", "60s"),
                    NO_ARGUMENTS))
        .hasMessageContaining("MAGPIE_POSTGRES_URI is set and MAGPIE_REDIS_URI is not")
        .hasMessageContaining("MAGPIE_TOKEN_KEYS is missing")
        .hasMessageContaining("MAGPIE_READ_IDLE must be at least twice MAGPIE_HEARTBEAT");
  }

  @Test
  void a_file_that_is_not_there_is_one_sentence() {
    assertThatThrownBy(
            () -> Config.load(Map.of(), CommandLine.parse("--config", "/nowhere.properties")))
        .hasMessageContaining("/nowhere.properties cannot be read");
    assertThatThrownBy(() -> CommandLine.parse("--config")).isInstanceOf(StartFailure.class);
  }

  @Test
  void without_settings_everything_is_embedded_and_on_loopback() {
    Config config = Config.load(Map.of(), NO_ARGUMENTS);

    assertThat(config.services().embedded()).isTrue();
    assertThat(config.services().dataDir()).isEqualTo(Path.of("./magpie-data"));
    assertThat(List.of(config.http().host(), config.management().host())).containsOnly("127.0.0.1");
    assertThat(config.http().origins()).isEmpty();
    assertThat(config.http().tls()).isEmpty();
    assertThat(config.tokens().keys()).isEmpty();
  }
}
