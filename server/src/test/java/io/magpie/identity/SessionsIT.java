package io.magpie.identity;

import static io.magpie.identity.IdentityWorld.PASSWORD;
import static io.magpie.identity.IdentityWorld.await;
import static io.magpie.identity.IdentityWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.protocol.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsIT {
  private static IdentityWorld world;

  @BeforeAll
  static void start() {
    world = new IdentityWorld("sessions");
    for (String name :
        List.of("chen.jie", "liu.yang", "zhao.min", "sun.li", "zhou.bo", "wu.gang")) {
      world.person(name, name, Role.EMPLOYEE);
    }
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode session(UUID id) {
    return Json.object().put("session", id.toString());
  }

  @Test
  void devices_are_listed_page_by_page_the_latest_first() {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      world.clock.advance(Duration.ofSeconds(1));
      opened.add(0, world.login("chen.jie").session().toString());
    }
    Actor.User actor = world.login("chen.jie");
    opened.add(0, actor.session().toString());
    List<String> listed = new ArrayList<>();
    ObjectNode page = Json.object().put("limit", 4);
    JsonNode first = world.body("session.list", actor, page);
    JsonNode second =
        world.body("session.list", actor, page.put("cursor", first.get("next").textValue()));
    first.get("items").forEach(item -> listed.add(item.get("id").textValue()));
    second.get("items").forEach(item -> listed.add(item.get("id").textValue()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(opened);
    assertThat(second.has("next")).isFalse();
    assertThat(first.at("/items/0/address").textValue()).isEqualTo(IdentityWorld.PEER.address());
  }

  @Test
  void foreign_and_unknown_sessions_cannot_be_ended() {
    Actor.User one = world.login("liu.yang");
    Actor.User other = world.login("zhao.min");
    assertThat(world.refusal("session.revoke", one, session(other.session())))
        .isEqualTo("not_found");
    assertThat(world.refusal("session.revoke", one, session(UUID.randomUUID())))
        .isEqualTo("not_found");
    assertThat(world.refusal("session.revoke", one, Json.object().put("session", "all")))
        .isEqualTo("invalid_field");
    assertThat(world.ended).doesNotContain(other.session());
  }

  @Test
  void ending_a_session_is_announced_at_once_and_its_token_is_dead() {
    JsonNode tokens = world.loginTokens("liu.yang");
    Actor.User phone = world.actor(tokens);
    Actor.User laptop = world.login("liu.yang");
    world.body("session.revoke", laptop, session(phone.session()));
    assertThat(world.ended).contains(phone.session()).doesNotContain(laptop.session());
    assertThat(
            outcome(
                world.module.authenticator().accessToken(tokens.get("accessToken").textValue())))
        .isEqualTo("session_revoked");
  }

  @Test
  void what_another_node_ended_is_found_by_reading_again() throws Exception {
    Actor.User actor = world.login("liu.yang");
    CompletableFuture<UUID> heard = new CompletableFuture<>();
    world
        .module
        .revocations()
        .listen(
            id -> {
              if (id.equals(actor.session())) {
                heard.complete(id);
              }
            });
    world.execute("update session set revoked_at = now() where id = '" + actor.session() + "'");
    heard.get(SessionRevocations.REREAD_MS + 3_000, TimeUnit.MILLISECONDS);
  }

  @Test
  void a_listener_that_fails_does_not_keep_others_from_hearing() {
    Actor.User actor = world.login("zhao.min");
    List<UUID> heard = new ArrayList<>();
    world
        .module
        .revocations()
        .listen(
            id -> {
              if (id.equals(actor.session())) {
                throw new IllegalStateException("a listener's mistake");
              }
            });
    world.module.revocations().listen(heard::add);
    world.body("session.revoke", actor, Json.object().put("session", "current"));
    assertThat(heard).contains(actor.session());
  }

  @Test
  void new_password_works_and_ends_all_other_sessions() {
    Actor.User kept = world.login("sun.li");
    Actor.User other = world.login("sun.li");
    ObjectNode change =
        Json.object().put("currentPassword", PASSWORD).put("newPassword", "全新的密码一二三");
    world.body("password.change", kept, change);
    assertThat(world.ended).contains(other.session()).doesNotContain(kept.session());
    assertThat(world.refusal("session.create", new Actor.Anonymous(), form("sun.li", PASSWORD)))
        .isEqualTo("wrong_credentials");
    world.body("session.create", new Actor.Anonymous(), form("sun.li", "全新的密码一二三"));
  }

  private static ObjectNode form(String username, String password) {
    return Json.object().put("username", username).put("password", password);
  }

  @Test
  void password_is_not_changed_without_the_present_one_or_to_a_weak_one() {
    Actor.User actor = world.login("zhou.bo");
    ObjectNode wrong = Json.object().put("currentPassword", "no").put("newPassword", "long enough");
    assertThat(world.refusal("password.change", actor, wrong)).isEqualTo("wrong_credentials");
    ObjectNode weak = Json.object().put("currentPassword", PASSWORD).put("newPassword", "short");
    assertThat(world.refusal("password.change", actor, weak)).isEqualTo("password_too_weak");
    assertThat(world.login("zhou.bo").id()).isEqualTo(actor.id());
  }

  @Test
  void two_changes_of_the_password_at_once_have_one_effect() {
    Actor.User actor = world.login("wu.gang");
    List<String> outcomes = new ArrayList<>();
    var first =
        world.ask(
            "password.change",
            actor,
            IdentityWorld.PEER,
            Json.object().put("currentPassword", PASSWORD).put("newPassword", "number one!"));
    var second =
        world.ask(
            "password.change",
            actor,
            IdentityWorld.PEER,
            Json.object().put("currentPassword", PASSWORD).put("newPassword", "number two!"));
    outcomes.add(outcome(first));
    outcomes.add(outcome(second));
    assertThat(outcomes).containsOnlyOnce("done");
  }

  @Test
  void what_ended_long_ago_is_deleted_and_what_lives_stays() {
    Actor.User old = world.login("zhou.bo");
    Actor.User living = world.login("zhou.bo");
    world.execute(
        "update session set expires_at = now() - interval '31 days' where id = '"
            + old.session()
            + "'");
    world.execute(
        "update refresh_token set expires_at = now() - interval '2 days' where session_id = '"
            + old.session()
            + "'");
    world.jobs.start("test");
    String session = "select count(*) from session where id = '";
    Awaiting.until(() -> world.sql(session + old.session() + "'").equals("0"));
    await(world.jobs.stop());
    assertThat(world.sql(session + living.session() + "'")).isEqualTo("1");
  }

  @Test
  void last_seen_moves_at_most_once_a_minute() {
    JsonNode tokens = world.loginTokens("zhou.bo");
    Actor.User actor = world.actor(tokens);
    String seen = "select last_seen_at from session where id = '" + actor.session() + "'";
    String before = world.sql(seen);
    world.clock.advance(Duration.ofSeconds(59));
    world.actor(tokens);
    assertThat(world.sql(seen)).isEqualTo(before);
    world.clock.advance(Duration.ofSeconds(7));
    world.actor(tokens);
    Awaiting.until(() -> !world.sql(seen).equals(before));
  }

  @Test
  void own_profile_takes_only_what_is_ones_own() {
    Actor.User actor = world.login("zhao.min");
    JsonNode me =
        world.body(
            "profile.update",
            actor,
            Json.object().put("displayName", "  赵敏 ").put("jobTitle", "").put("locale", "en"));
    assertThat(me.at("/user/displayName").textValue()).isEqualTo("赵敏");
    assertThat(me.at("/user").has("jobTitle")).isFalse();
    assertThat(me.get("locale").textValue()).isEqualTo("en");
    for (String field :
        List.of(
            "role", "roles", "departmentId", "department", "disabled", "id", "createdAt", "kind")) {
      ObjectNode params = Json.object().put("displayName", "x").put(field, "super_admin");
      assertThat(world.refusal("profile.update", actor, params)).isEqualTo("unknown_field");
    }
    assertThat(world.refusal("profile.update", actor, Json.object())).isEqualTo("bad_request");
    assertThat(world.refusal("profile.update", actor, Json.object().put("displayName", 7)))
        .isEqualTo("invalid_field");
    assertThat(world.refusal("profile.update", actor, Json.object().put("displayName", "  ")))
        .isEqualTo("invalid_field");
    assertThat(world.refusal("profile.update", actor, Json.object().put("displayName", "a\nb")))
        .isEqualTo("invalid_text");
    assertThat(await(world.module.users().find(actor.id())).orElseThrow().displayName())
        .isEqualTo("赵敏");
  }
}
