package io.magpie.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong now = new AtomicLong();
  private final Passwords passwords = new Passwords(vertx, new Argon2(256, 1, 1), now::get);

  @AfterEach
  void stop() {
    get(passwords.close());
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void a_hash_of_another_cost_is_right_but_old() {
    String today = get(passwords.hash("secret word"));
    String yesterday = new Argon2(128, 1, 1).hash("secret word");
    assertThat(get(passwords.match("secret word", today))).isEqualTo(PasswordMatch.RIGHT);
    assertThat(get(passwords.match("secret word", yesterday)))
        .isEqualTo(PasswordMatch.RIGHT_BUT_OLD);
    assertThat(get(passwords.match("secret", yesterday))).isEqualTo(PasswordMatch.WRONG);
    assertThat(get(passwords.matchNobody("nobody's password"))).isEqualTo(PasswordMatch.WRONG);
  }

  @Test
  void a_storm_is_refused_as_overloaded_and_passes() {
    List<Future<String>> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add(passwords.hash("storm " + i));
    }
    get(Future.join(asked).otherwiseEmpty());
    List<RequestError> refused =
        asked.stream().filter(Future::failed).map(f -> (RequestError) f.cause()).toList();
    assertThat(refused)
        .isNotEmpty()
        .allMatch(e -> e.code() == ErrorCode.OVERLOADED && e.retryAfterMs().isPresent());
    assertThat(asked.stream().filter(Future::succeeded).count())
        .isGreaterThanOrEqualTo(Passwords.MAX_WAITING);
    assertThat(get(passwords.hash("after the storm"))).startsWith("$argon2id$");
  }

  /** As on a machine that is busy with other things: the line is short and moves slowly. */
  @Test
  void who_has_waited_for_too_long_is_refused_instead_of_being_hashed_for() {
    List<Future<String>> asked = new ArrayList<>();
    for (int i = 0; i < Passwords.MAX_WAITING; i++) {
      asked.add(passwords.hash("storm " + i));
    }
    now.addAndGet(Passwords.PATIENCE.toNanos() + 1);
    get(Future.join(asked).otherwiseEmpty());
    assertThat(asked.get(Passwords.MAX_WAITING - 1).cause())
        .isInstanceOfSatisfying(
            RequestError.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    assertThat(get(passwords.hash("after the storm"))).startsWith("$argon2id$");
  }

  @ParameterizedTest
  @CsvSource({
    "short12, true",
    "eight888, false",
    "'   a    ', true",
    "long.name.here, true",
    "LONG.NAME.HERE, true",
    "八个汉字的好密码, false",
    "七个汉字密码短, true",
  })
  void new_passwords_have_eight_characters_and_are_not_the_name(String password, boolean weak) {
    if (weak) {
      assertThatThrownBy(() -> PasswordFields.requireStrong(password, "long.name.here"))
          .isInstanceOf(RequestError.class);
    } else {
      PasswordFields.requireStrong(password, "long.name.here");
    }
  }

  @Test
  void a_password_that_is_too_long_is_refused_and_never_repeated_in_the_answer() {
    String secret = "secret".repeat(100);
    Params params = Params.of(Json.object().put("password", secret));
    assertThatThrownBy(() -> PasswordFields.read(params, "password"))
        .isInstanceOfSatisfying(
            RequestError.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TEXT_TOO_LONG);
              assertThat(e.getMessage()).doesNotContain("secret");
            });
  }
}
