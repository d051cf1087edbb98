package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Migrations;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserCommandIT {
  private static Endpoints endpoints;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void migrate() {
    endpoints = EmbeddedForTests.freshDatabase("user_command");
    Migrations.apply(endpoints.postgresOwnerUri());
  }

  private String run(String... words) {
    printed.reset();
    new UserCommand(
            endpoints.postgresUri(),
            "https://chat.example",
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(List.of(words));
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void refused(String code, String... words) {
    assertThatThrownBy(() -> run(words))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static String one(String sql) throws SQLException {
    return Jdbc.one(endpoints.postgresUri(), sql);
  }

  @Test
  void first_super_admin_gets_a_link_and_no_password() throws SQLException {
    String text = run("add", "--super-admin", "Root.One", "--display-name", "管理员");
    assertThat(text).containsPattern("https://chat\\.example/link#ml_[A-Za-z0-9_-]{43}");
    assertThat(
            one(
                "select role || ' ' || display_name || ' ' || coalesce(password_hash, 'none')"
                    + " from app_user where username = 'root.one'"))
        .isEqualTo("super_admin 管理员 none");
    refused("username-taken", "add", "--super-admin", "root.one");
    assertThat(run("link", "ROOT.ONE")).contains("/link#ml_");
    assertThat(one("select count(*) from user_link")).isEqualTo("2");
  }

  @Test
  void what_makes_no_sense_is_answered_with_a_sentence() {
    refused("usage");
    refused("usage", "remove", "x");
    refused("usage", "add");
    refused("usage", "add", "a.b", "c.d");
    refused("usage", "add", "a.b", "--display-name");
    refused("usage", "add", "a.b", "--admin");
    refused("invalid-field", "add", "张伟");
    refused("not-found", "link", "nobody");
  }

  @Test
  void a_database_that_is_not_there_is_said_so() {
    UserCommand command =
        new UserCommand("postgresql://u:secret@127.0.0.1:1/x", "https://x", System.out);
    assertThatThrownBy(() -> command.run(List.of("link", "x")))
        .isInstanceOf(StartFailure.class)
        .hasMessageNotContaining("secret");
  }
}
