package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import io.magpie.app.config.CommandLine;
import io.magpie.app.config.Config;
import io.magpie.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** S-I18: nobody writes lines of the log by what they send. */
class LoggingTest {
  private static final String HOSTILE =
      "Mozilla\r\n2026-01-01 ERROR forged line\u001b[31m ${jndi:ldap://127.0.0.1/a} 张";

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void S_I18_hostile_text_stays_in_one_line_and_is_not_looked_up(String format) throws Exception {
    List<String> lines =
        logged(format, log -> log.atWarn().addKeyValue("agent", HOSTILE).log(HOSTILE));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .contains("${jndi:ldap:")
        .contains("forged line")
        .doesNotContain("\u001b", "\r");
  }

  @Test
  void json_lines_are_objects() throws Exception {
    List<String> lines =
        logged("json", log -> log.atWarn().addKeyValue("user", "伟").log("something happened"));
    assertThat(Json.readOwn(lines.get(0)).get("formattedMessage").textValue())
        .isEqualTo("something happened");
  }

  private interface Writing {
    void to(Logger log);
  }

  private static List<String> logged(String format, Writing writing) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Logging.configure(
          Config.load(Map.of("MAGPIE_LOG_FORMAT", format), CommandLine.parse(new String[0])).log());
      writing.to(LoggerFactory.getLogger("io.magpie.test"));
    } finally {
      System.setErr(before);
      context.reset();
      new ContextInitializer(context).autoConfig();
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
