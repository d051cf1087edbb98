package io.magpie.identity;

import static io.magpie.identity.IdentityWorld.PASSWORD;
import static io.magpie.identity.IdentityWorld.PEER;
import static io.magpie.identity.IdentityWorld.await;
import static io.magpie.identity.IdentityWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.identity.token.AccessTokens;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginIT {
  private static final Actor NOBODY = new Actor.Anonymous();

  /** Of "password", at an old cost. */
  private static final String OLD_HASH =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private static IdentityWorld world;

  @BeforeAll
  static void start() {
    world = new IdentityWorld("login");
    world.person("zhang.wei", "张伟", Role.EMPLOYEE);
    world.person("li.na", "李娜", Role.EMPLOYEE);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode form(String username, String password) {
    return Json.object().put("username", username).put("password", password);
  }

  @Test
  void right_password_answers_tokens_that_open_the_session() {
    JsonNode tokens = world.body("session.create", NOBODY, form("Zhang.Wei", PASSWORD));
    assertThat(tokens.get("refreshToken").textValue()).startsWith("mr_");
    assertThat(tokens.get("user").get("displayName").textValue()).isEqualTo("张伟");
    Actor.User actor = world.actor(tokens);
    assertThat(actor.session().toString()).isEqualTo(tokens.get("session").textValue());
    assertThat(actor.roles()).containsExactly(Role.EMPLOYEE);
    JsonNode me = world.body("profile.get", actor, Json.object());
    assertThat(me.get("locale").textValue()).isEqualTo("zh-CN");
  }

  @Test
  void device_is_named_by_the_client_or_by_its_agent() {
    world.body("session.create", NOBODY, form("li.na", PASSWORD).put("device", "小米手机"));
    Actor.User actor = world.login("li.na");
    List<String> devices = new ArrayList<>();
    world
        .body("session.list", actor, Json.object())
        .get("items")
        .forEach(session -> devices.add(session.get("device").textValue()));
    assertThat(devices).contains("小米手机", "Firefox, Linux");
  }

  @Test
  void a_new_user_has_an_inbox_that_it_alone_reads() {
    User user = world.person("inbox.owner", "信箱", Role.EMPLOYEE);
    assertThat(world.sql("select kind || ' ' || head from stream where id = '" + user.id() + "'"))
        .isEqualTo("2 0");
    assertThat(
            world.sql(
                "select string_agg(user_id || ' ' || from_seq || ' ' || role, ',')"
                    + " from stream_reader where stream_id = '"
                    + user.id()
                    + "'"))
        .isEqualTo(user.id() + " 1 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "zhang.wei | wrong password",
        "nobody.here | wrong password",
        "' OR 1=1-- | x",
        "% | x",
        "张伟 | x"
      })
  void unknown_user_and_wrong_password_get_the_same_answer(String username, String password) {
    Peer elsewhere = new Peer("198.51.100." + username.length(), "", Optional.empty());
    assertThat(world.refusal("session.create", NOBODY, elsewhere, form(username, password)))
        .isEqualTo("wrong_credentials");
  }

  /** S-A22. A machine that is busy with something else gets a second and a third chance. */
  @Test
  void unknown_user_takes_as_long_as_a_wrong_password() {
    List<Duration> differences = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      differences.add(medianDifference("timing" + round + "-"));
      if (differences.get(round).compareTo(Duration.ofMillis(20)) < 0) {
        return;
      }
    }
    assertThat(differences).anyMatch(difference -> difference.toMillis() < 20);
  }

  private static Duration medianDifference(String prefix) {
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      world.person(prefix + i, "计时", Role.EMPLOYEE);
      known.add(nanos(prefix + i));
      unknown.add(nanos(prefix + "x" + i));
    }
    known.sort(null);
    unknown.sort(null);
    return Duration.ofNanos(known.get(3) - unknown.get(3)).abs();
  }

  private static long nanos(String username) {
    long start = System.nanoTime();
    assertThat(world.refusal("session.create", NOBODY, form(username, "wrong password")))
        .isEqualTo("wrong_credentials");
    return System.nanoTime() - start;
  }

  /** S-A21: the addresses 198.51.100.* guess, the owner sits at a known one. */
  @Test
  void guessing_from_hundred_addresses_is_slowed_down_and_the_owner_still_gets_in() {
    world.person("guessed.at", "被猜", Role.EMPLOYEE);
    world.login("guessed.at");
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Peer guesser = new Peer("198.51.100." + i, "", Optional.empty());
      outcomes.add(
          world.refusal("session.create", NOBODY, guesser, form("guessed.at", "guess " + i)));
    }
    assertThat(outcomes.stream().filter("wrong_credentials"::equals).count()).isBetween(5L, 10L);
    assertThat(outcomes).containsOnly("wrong_credentials", "rate_limited");
    Peer elsewhere = new Peer("198.51.100.200", "", Optional.empty());
    assertThat(world.refusal("session.create", NOBODY, elsewhere, form("guessed.at", PASSWORD)))
        .as("the wait holds for the right password too")
        .isEqualTo("rate_limited");
    assertThat(world.login("guessed.at").roles()).containsExactly(Role.EMPLOYEE);
  }

  @Test
  void a_hash_of_an_old_cost_is_made_anew_at_the_next_login() {
    User user = world.person("old.hash", "旧", Role.EMPLOYEE);
    String where = " where id = '" + user.id() + "'";
    world.execute("update app_user set password_hash = '" + OLD_HASH + "'" + where);
    world.body("session.create", NOBODY, form("old.hash", "password"));
    assertThat(world.sql("select password_hash from app_user" + where))
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    world.body("session.create", NOBODY, form("old.hash", "password"));
  }

  @Test
  void odd_passwords_are_refused_before_hashing_and_long_ones_work() {
    String length256 = "长".repeat(256);
    await(
        world.module.createWithPassword(
            new NewUser("long.password", "长", "", "", Role.EMPLOYEE), length256));
    assertThat(world.refusal("session.create", NOBODY, form("long.password", length256)))
        .isEqualTo("done");
    assertThat(
            world.refusal(
                "session.create", NOBODY, form("long.password", length256.substring(0, 255))))
        .isEqualTo("wrong_credentials");
    assertThat(world.refusal("session.create", NOBODY, form("zhang.wei", "x".repeat(1 << 20))))
        .isEqualTo("text_too_long");
    assertThat(world.refusal("session.create", NOBODY, form("zhang.wei", "😀".repeat(256) + "x")))
        .isEqualTo("text_too_long");
    assertThat(world.refusal("session.create", NOBODY, form("zhang.wei", "a\u0000b")))
        .isEqualTo("invalid_text");
    assertThat(world.refusal("session.create", NOBODY, form("zhang.wei", "\ud800")))
        .isEqualTo("invalid_text");
    assertThat(world.refusal("session.create", NOBODY, form("zhang.wei", "")))
        .isEqualTo("invalid_field");
  }

  @Test
  void wrong_types_and_unknown_fields_are_refused() {
    assertThat(world.refusal("session.create", NOBODY, Json.object().put("username", "zhang.wei")))
        .isEqualTo("missing_field");
    assertThat(
            world.refusal(
                "session.create", NOBODY, form("zhang.wei", PASSWORD).put("cookie", "true")))
        .isEqualTo("invalid_field");
    assertThat(
            world.refusal("session.create", NOBODY, form("zhang.wei", PASSWORD).put("role", "x")))
        .isEqualTo("unknown_field");
    assertThat(
            world.refusal(
                "session.create", NOBODY, form("zhang.wei", PASSWORD).put("device", "a\u202eb")))
        .isEqualTo("invalid_text");
  }

  @Test
  void disabled_user_gets_the_answer_of_a_wrong_password() {
    User user = world.person("gone.home", "走了", Role.EMPLOYEE);
    Actor.User before = world.login("gone.home");
    world.execute("update app_user set disabled_at = now() where id = '" + user.id() + "'");
    assertThat(world.refusal("session.create", NOBODY, form("gone.home", PASSWORD)))
        .isEqualTo("wrong_credentials");
    world.clock.advance(SessionAuthenticator.MEMORY);
    String token =
        new AccessTokens(IdentityWorld.tokens(), world.clock)
            .issue(before.id(), before.session())
            .value();
    assertThat(outcome(world.module.authenticator().accessToken(token)))
        .isEqualTo("session_revoked");
  }

  @Test
  void cookie_login_keeps_its_secret_out_of_the_body_and_replaces_the_old_session() {
    WithCookie first = cookieLogin(PEER);
    JsonNode tokens = IdentityWorld.shown("session.create", first);
    assertThat(tokens.has("refreshToken")).isFalse();
    Actor.User actor = await(world.module.authenticator().cookie(first.value()));
    assertThat(actor.session().toString()).isEqualTo(tokens.get("session").textValue());

    WithCookie second = cookieLogin(new Peer(PEER.address(), "", Optional.of(first.value())));
    assertThat(second.value()).isNotEqualTo(first.value());
    assertThat(outcome(world.module.authenticator().cookie(first.value())))
        .isEqualTo("session_revoked");
    assertThat(world.ended).contains(actor.session());
  }

  private static WithCookie cookieLogin(Peer peer) {
    return (WithCookie)
        await(
            world.ask(
                "session.create", NOBODY, peer, form("zhang.wei", PASSWORD).put("cookie", true)));
  }

  @Test
  void only_hashes_of_tokens_are_stored() {
    WithCookie cookie = cookieLogin(PEER);
    JsonNode tokens = world.loginTokens("zhang.wei");
    String all =
        world.sql("select string_agg(s::text, ' ') from session s")
            + world.sql("select string_agg(r::text, ' ') from refresh_token r")
            + world.sql("select string_agg(u::text, ' ') from app_user u");
    assertThat(all)
        .doesNotContain(cookie.value().substring(3))
        .doesNotContain(tokens.get("refreshToken").textValue().substring(3))
        .doesNotContain(PASSWORD)
        .contains("$argon2id$v=19$m=19456,t=2,p=1$");
  }
}
