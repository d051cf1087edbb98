package io.magpie.identity;

import static io.magpie.identity.IdentityWorld.PEER;
import static io.magpie.identity.IdentityWorld.await;
import static io.magpie.identity.IdentityWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.protocol.Json;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppsIT {
  private static IdentityWorld world;
  private static Actor.User admin;
  private static Actor.User employee;
  private static JsonNode app;
  private static Actor.App backend;

  @BeforeAll
  static void start() {
    world = new IdentityWorld("apps");
    world.person("admin", "管理员", Role.SUPER_ADMIN);
    world.person("zhang.wei", "张伟", Role.EMPLOYEE);
    admin = world.login("admin");
    employee = world.login("zhang.wei");
    app = world.body("app.create", admin, Json.object().put("name", "商城"));
    backend = await(world.module.authenticator().appKey(app.get("key").textValue()));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode ask(String externalId) {
    return Json.object().put("app", backend.id().toString()).put("externalId", externalId);
  }

  private static ObjectNode appRef(JsonNode made) {
    return Json.object().put("app", made.at("/app/id").textValue());
  }

  @Test
  void first_token_makes_the_user_and_later_ones_rename_it() {
    assertThat(world.refusal("app.token", backend, ask("买家 42"))).isEqualTo("missing_field");
    JsonNode first =
        world.body(
            "app.token", backend, ask("买家 42").put("displayName", "买家").put("department", "VIP"));
    assertThat(first.has("refreshToken")).isFalse();
    assertThat(first.at("/user/username").textValue()).startsWith("app-");
    assertThat(world.actor(first).roles()).containsExactly(Role.EMPLOYEE);
    JsonNode second = world.body("app.token", backend, ask("买家 42").put("displayName", "大买家"));
    assertThat(second.at("/user/id")).isEqualTo(first.at("/user/id"));
    assertThat(second.get("session")).isEqualTo(first.get("session"));
    JsonNode user = world.body("app.user", backend, ask("买家 42"));
    assertThat(user.get("displayName").textValue()).isEqualTo("大买家");
    assertThat(user.get("department").textValue()).isEqualTo("VIP");
    JsonNode phone = world.body("app.token", backend, ask("买家 42").put("device", "phone"));
    assertThat(phone.get("session")).isNotEqualTo(first.get("session"));
  }

  @Test
  void first_tokens_at_once_make_one_user_and_one_session() {
    List<Future<Object>> asked =
        IntStream.range(0, 8)
            .mapToObj(
                i -> world.ask("app.token", backend, PEER, ask("racer").put("displayName", "快")))
            .toList();
    Set<String> seen = new HashSet<>();
    asked.forEach(
        answer -> {
          Tokens tokens = (Tokens) await(answer);
          seen.add(tokens.user().id() + " " + tokens.session());
        });
    assertThat(seen).hasSize(1);
  }

  @Test
  void app_users_cannot_log_in_with_a_password_or_get_a_link() {
    JsonNode tokens = world.body("app.token", backend, ask("nopass").put("displayName", "无"));
    ObjectNode link = Json.object().put("user", tokens.at("/user/id").textValue());
    assertThat(world.refusal("user.link", admin, link)).isEqualTo("conflict");
    ObjectNode login =
        Json.object().put("username", tokens.at("/user/username").textValue()).put("password", "x");
    assertThat(world.refusal("session.create", new Actor.Anonymous(), login))
        .isEqualTo("wrong_credentials");
    ObjectNode change = Json.object().put("currentPassword", "x").put("newPassword", "long enough");
    assertThat(world.refusal("password.change", world.actor(tokens), change)).isEqualTo("conflict");
  }

  @Test
  void an_app_acts_for_its_own_users_only() {
    world.body("app.token", backend, ask("mine").put("displayName", "我"));
    JsonNode other = world.body("app.create", admin, Json.object().put("name", "别家"));
    Actor.App stranger = await(world.module.authenticator().appKey(other.get("key").textValue()));
    assertThat(world.refusal("app.token", stranger, ask("mine"))).isEqualTo("not_found");
    assertThat(world.refusal("app.user", stranger, ask("mine"))).isEqualTo("not_found");
    assertThat(world.refusal("app.user", backend, ask("nobody"))).isEqualTo("not_found");
    assertThat(world.refusal("app.token", admin, ask("mine"))).isEqualTo("not_found");
    for (String field : List.of("role", "username", "password", "id")) {
      assertThat(world.refusal("app.token", backend, ask("mine").put(field, "super_admin")))
          .isEqualTo("unknown_field");
    }
  }

  @Test
  void a_disabled_user_gets_no_token() {
    JsonNode tokens = world.body("app.token", backend, ask("banned").put("displayName", "禁"));
    ObjectNode disable =
        Json.object().put("user", tokens.at("/user/id").textValue()).put("disabled", true);
    world.body("user.update", admin, disable);
    assertThat(world.refusal("app.token", backend, ask("banned"))).isEqualTo("forbidden");
    assertThat(world.ended).contains(UUID.fromString(tokens.get("session").textValue()));
  }

  @Test
  void keys_rotate_and_end_at_once() {
    JsonNode made = world.body("app.create", admin, Json.object().put("name", "轮换"));
    JsonNode second = world.body("app.key_create", admin, appRef(made));
    assertThat(second.at("/app/keys")).hasSize(2);
    String oldKey = made.get("key").textValue();
    await(world.module.authenticator().appKey(oldKey));
    ObjectNode key = appRef(made).put("key", made.at("/app/keys/0/id").textValue());
    world.body("app.key_revoke", admin, key);
    assertThat(outcome(world.module.authenticator().appKey(oldKey))).isEqualTo("unauthenticated");
    await(world.module.authenticator().appKey(second.get("key").textValue()));
    assertThat(world.refusal("app.key_revoke", admin, key)).isEqualTo("not_found");
  }

  @Test
  void an_app_has_ten_keys_at_most_also_at_once() {
    JsonNode made = world.body("app.create", admin, Json.object().put("name", "多钥匙"));
    List<Future<Object>> asked =
        IntStream.range(0, 14)
            .mapToObj(i -> world.ask("app.key_create", admin, PEER, appRef(made)))
            .toList();
    List<String> outcomes = asked.stream().map(IdentityWorld::outcome).toList();
    assertThat(outcomes.stream().filter("done"::equals)).hasSize(9);
    assertThat(outcomes.stream().filter("too_many_keys"::equals)).hasSize(5);
  }

  @Test
  void only_a_super_admin_manages_apps_and_lists_show_no_secret() {
    assertThat(world.refusal("app.create", employee, Json.object().put("name", "x")))
        .isEqualTo("forbidden");
    assertThat(world.refusal("app.list", employee, Json.object())).isEqualTo("forbidden");
    assertThat(world.refusal("app.key_create", employee, appRef(app))).isEqualTo("forbidden");
    world.body("app.create", admin, Json.object().put("name", "最新"));
    JsonNode page = world.body("app.list", admin, Json.object().put("limit", 1));
    JsonNode rest =
        world.body("app.list", admin, Json.object().put("cursor", page.get("next").textValue()));
    assertThat(page.toString() + rest).contains("商城").doesNotContain("mk_").doesNotContain("hash");
  }
}
