package io.magpie.identity;

import static io.magpie.identity.IdentityWorld.PEER;
import static io.magpie.identity.IdentityWorld.await;
import static io.magpie.identity.IdentityWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.Json;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshIT {
  private static final Actor NOBODY = new Actor.Anonymous();

  private static IdentityWorld world;

  @BeforeAll
  static void start() {
    world = new IdentityWorld("refresh");
    world.person("wang.fang", "王芳", Role.EMPLOYEE);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode with(String token) {
    return Json.object().put("refreshToken", token);
  }

  private static String refreshed(String token) {
    return world.body("session.refresh", NOBODY, with(token)).get("refreshToken").textValue();
  }

  private static String refusal(String token) {
    return world.refusal("session.refresh", NOBODY, with(token));
  }

  @Test
  void each_refresh_gives_the_next_token_of_the_same_session() {
    JsonNode tokens = world.loginTokens("wang.fang");
    String first = tokens.get("refreshToken").textValue();
    JsonNode next = world.body("session.refresh", NOBODY, with(first));
    assertThat(next.get("session")).isEqualTo(tokens.get("session"));
    assertThat(next.get("refreshToken").textValue()).isNotEqualTo(first);
    assertThat(world.actor(next).id().toString()).isEqualTo(next.at("/user/id").textValue());
  }

  @Test
  void lost_answer_can_be_asked_for_again_within_ten_seconds() {
    String first = world.loginTokens("wang.fang").get("refreshToken").textValue();
    String second = refreshed(first);
    world.clock.advance(RefreshRow.GRACE);
    assertThat(refreshed(first)).isEqualTo(second);
    assertThat(refreshed(second)).isNotEqualTo(second);
  }

  @Test
  void reuse_after_the_grace_ends_the_session() {
    JsonNode tokens = world.loginTokens("wang.fang");
    Actor.User actor = world.actor(tokens);
    String first = tokens.get("refreshToken").textValue();
    String second = refreshed(first);
    world.clock.advance(RefreshRow.GRACE.plusMillis(1));
    assertThat(refusal(first)).isEqualTo("session_revoked");
    assertThat(refusal(second)).isEqualTo("session_revoked");
    assertThat(world.ended).contains(actor.session());
    assertThat(
            outcome(
                world.module.authenticator().accessToken(tokens.get("accessToken").textValue())))
        .isEqualTo("session_revoked");
  }

  @Test
  void reuse_within_the_grace_ends_the_session_once_the_successor_is_in_use() {
    String first = world.loginTokens("wang.fang").get("refreshToken").textValue();
    String third = refreshed(refreshed(first));
    assertThat(refusal(first)).isEqualTo("session_revoked");
    assertThat(refusal(third)).isEqualTo("session_revoked");
  }

  @Test
  void ten_refreshes_at_once_give_one_successor() {
    JsonNode tokens = world.loginTokens("wang.fang");
    String first = tokens.get("refreshToken").textValue();
    List<Future<Object>> asked =
        IntStream.range(0, 10)
            .mapToObj(i -> world.ask("session.refresh", NOBODY, PEER, with(first)))
            .toList();
    Set<String> given = new HashSet<>();
    asked.forEach(answer -> given.add(((Tokens) await(answer)).refreshToken().orElseThrow()));
    assertThat(given).hasSize(1);
    assertThat(
            world.sql(
                "select count(*) from refresh_token where session_id = '"
                    + tokens.get("session").textValue()
                    + "'"))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mr_unknown", "mc_unknown", "x", "eyJhbGciOiJub25lIn0.e30."})
  void unknown_tokens_are_refused(String token) {
    assertThat(refusal(token)).isEqualTo("unauthenticated");
  }

  @Test
  void access_token_is_no_refresh_token_nor_the_reverse() {
    JsonNode tokens = world.loginTokens("wang.fang");
    assertThat(
            outcome(
                world.module.authenticator().accessToken(tokens.get("refreshToken").textValue())))
        .isEqualTo("unauthenticated");
    assertThat(
            world.refusal("session.refresh", NOBODY, with(tokens.get("accessToken").textValue())))
        .isIn("unauthenticated", "text_too_long");
  }

  @Test
  void unused_session_ends_after_thirty_days_and_use_extends_it() {
    IdentityWorld other = new IdentityWorld("refresh_expiry");
    try (other) {
      other.person("old.timer", "老", Role.EMPLOYEE);
      String first = other.loginTokens("old.timer").get("refreshToken").textValue();
      other.clock.advance(Duration.ofDays(29));
      String second =
          other.body("session.refresh", NOBODY, with(first)).get("refreshToken").textValue();
      other.clock.advance(Duration.ofDays(29));
      String third =
          other.body("session.refresh", NOBODY, with(second)).get("refreshToken").textValue();
      other.clock.advance(Duration.ofDays(30));
      assertThat(other.refusal("session.refresh", NOBODY, with(third)))
          .isEqualTo("session_revoked");
    }
  }

  @Test
  void cookie_is_exchanged_for_access_tokens_and_stays() {
    WithCookie login =
        (WithCookie)
            await(
                world.ask(
                    "session.create",
                    NOBODY,
                    PEER,
                    Json.object()
                        .put("username", "wang.fang")
                        .put("password", IdentityWorld.PASSWORD)
                        .put("cookie", true)));
    Peer browser = new Peer(PEER.address(), PEER.agent(), Optional.of(login.value()));
    WithCookie again =
        (WithCookie) await(world.ask("session.refresh", NOBODY, browser, Json.object()));
    JsonNode body = IdentityWorld.shown("session.refresh", again);
    assertThat(again.value()).isEqualTo(login.value());
    assertThat(again.maxAge()).isEqualTo(Duration.ofDays(30));
    assertThat(body.has("refreshToken")).isFalse();
    Actor.User actor = world.actor(body);

    WithCookie out =
        (WithCookie)
            await(
                world.ask(
                    "session.revoke", actor, browser, Json.object().put("session", "current")));
    assertThat(out.value()).isEmpty();
    assertThat(world.refusal("session.refresh", NOBODY, browser, Json.object()))
        .isEqualTo("session_revoked");
    assertThat(outcome(world.module.authenticator().cookie(login.value())))
        .isEqualTo("session_revoked");
  }

  @Test
  void refresh_without_token_and_cookie_is_refused() {
    assertThat(world.refusal("session.refresh", NOBODY, Json.object()))
        .isEqualTo("unauthenticated");
    assertThat(
            world.refusal(
                "session.refresh",
                NOBODY,
                Json.object().put("session", UUID.randomUUID().toString())))
        .isEqualTo("unknown_field");
  }
}
