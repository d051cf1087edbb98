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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersIT {
  private static IdentityWorld world;
  private static Actor.User admin;
  private static Actor.User employee;
  private static Actor.User guest;

  @BeforeAll
  static void start() {
    world = new IdentityWorld("users");
    world.person("admin", "管理员", Role.SUPER_ADMIN);
    world.person("zhang.wei", "张伟", Role.EMPLOYEE);
    world.person("customer", "客户", Role.GUEST);
    admin = world.login("admin");
    employee = world.login("zhang.wei");
    guest = world.login("customer");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode user(String username) {
    return Json.object().put("username", username).put("displayName", "新同事");
  }

  private static ObjectNode ref(UUID id) {
    return Json.object().put("user", id.toString());
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.get("items").forEach(user -> names.add(user.get("displayName").textValue()));
    return names;
  }

  @Test
  void admin_makes_a_user_who_sets_the_password_by_the_link() {
    JsonNode made = world.body("user.create", admin, user("New.Hire").put("role", "employee"));
    assertThat(made.at("/user/username").textValue()).isEqualTo("new.hire");
    String token = made.at("/link/token").textValue();
    assertThat(made.at("/link/link").textValue()).isEqualTo("https://chat.example/link#" + token);
    ObjectNode redeem = Json.object().put("token", token);
    assertThat(world.refusal("link.redeem", nobody(), redeem.put("password", "new.hire")))
        .isEqualTo("password_too_weak");
    world.body("link.redeem", nobody(), redeem.put("password", IdentityWorld.PASSWORD));
    assertThat(world.refusal("link.redeem", nobody(), redeem)).isEqualTo("link_invalid");
    assertThat(world.login("new.hire").roles()).containsExactly(Role.EMPLOYEE);
  }

  private static Actor nobody() {
    return new Actor.Anonymous();
  }

  @Test
  void a_link_redeemed_five_times_at_once_works_once() {
    JsonNode made = world.body("user.create", admin, user("redeem.race"));
    List<Future<Object>> asked =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    world.ask(
                        "link.redeem",
                        nobody(),
                        PEER,
                        Json.object()
                            .put("token", made.at("/link/token").textValue())
                            .put("password", "password number " + i)))
            .toList();
    assertThat(asked.stream().map(IdentityWorld::outcome).filter("done"::equals)).hasSize(1);
  }

  @Test
  void a_new_link_sets_a_forgotten_password_and_ends_sessions_and_other_links() {
    world.person("forgot.it", "忘了", Role.EMPLOYEE);
    Actor.User before = world.login("forgot.it");
    JsonNode first = world.body("user.link", admin, ref(before.id()));
    JsonNode second = world.body("user.link", admin, ref(before.id()));
    world.body("link.redeem", nobody(), redeem(second));
    assertThat(world.ended).contains(before.session());
    assertThat(world.refusal("link.redeem", nobody(), redeem(first))).isEqualTo("link_invalid");
  }

  private static ObjectNode redeem(JsonNode link) {
    return Json.object()
        .put("token", link.get("token").textValue())
        .put("password", IdentityWorld.PASSWORD);
  }

  @Test
  void a_link_ends_after_seven_days() {
    JsonNode made = world.body("user.create", admin, user("too.late"));
    world.execute(
        "update user_link set expires_at = expires_at - interval '7 days 1 second'"
            + " where user_id = '"
            + made.at("/user/id").textValue()
            + "'");
    assertThat(world.refusal("link.redeem", nobody(), redeem(made.get("link"))))
        .isEqualTo("link_invalid");
  }

  @Test
  void only_a_super_admin_makes_and_changes_users() {
    assertThat(world.refusal("user.create", employee, user("by.employee"))).isEqualTo("forbidden");
    assertThat(world.refusal("user.create", guest, user("by.guest"))).isEqualTo("forbidden");
    assertThat(world.refusal("user.link", employee, ref(admin.id()))).isEqualTo("forbidden");
    assertThat(world.refusal("user.link", guest, ref(admin.id()))).isEqualTo("not_found");
    ObjectNode promote = ref(employee.id()).put("role", "super_admin");
    assertThat(world.refusal("user.update", employee, promote)).isEqualTo("forbidden");
    assertThat(world.refusal("user.update", guest, promote)).isEqualTo("not_found");
    assertThat(world.refusal("user.update", admin, ref(UUID.randomUUID()).put("role", "guest")))
        .isEqualTo("not_found");
    assertThat(world.sql("select role from app_user where username = 'zhang.wei'"))
        .isEqualTo("employee");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1abc", "张伟", "a b", "a@b", "a'b", "-ab", "аdmin"})
  void odd_user_names_are_refused(String username) {
    assertThat(world.refusal("user.create", admin, user(username))).isEqualTo("invalid_field");
  }

  @Test
  void user_names_are_taken_once_whatever_the_case() {
    List<Future<Object>> asked =
        IntStream.range(0, 4)
            .mapToObj(
                i -> world.ask("user.create", admin, PEER, user(i % 2 == 0 ? "twin" : "TWIN")))
            .toList();
    List<String> outcomes = asked.stream().map(IdentityWorld::outcome).toList();
    assertThat(outcomes).containsOnlyOnce("done").contains("username_taken");
    assertThat(world.sql("select count(*) from stream where kind = 2"))
        .isEqualTo(world.sql("select count(*) from app_user"));
  }

  @Test
  void fields_that_are_not_offered_are_refused() {
    for (String field : List.of("id", "password", "passwordHash", "disabled", "appId", "kind")) {
      assertThat(world.refusal("user.create", admin, user("mass").put(field, "x")))
          .isEqualTo("unknown_field");
    }
    ObjectNode update = ref(employee.id()).put("username", "other");
    assertThat(world.refusal("user.update", admin, update)).isEqualTo("unknown_field");
    assertThat(world.refusal("user.update", admin, ref(employee.id()))).isEqualTo("bad_request");
    assertThat(world.refusal("user.update", admin, ref(employee.id()).put("disabled", "yes")))
        .isEqualTo("invalid_field");
    assertThat(world.refusal("user.update", admin, ref(employee.id()).put("role", "root")))
        .isEqualTo("invalid_field");
  }

  @Test
  void disabling_ends_sessions_and_hides_the_user_from_lists_but_not_by_id() {
    world.person("leaver", "离职", Role.EMPLOYEE);
    Actor.User leaver = world.login("leaver");
    JsonNode disabled = world.body("user.update", admin, ref(leaver.id()).put("disabled", true));
    assertThat(disabled.get("disabled").booleanValue()).isTrue();
    assertThat(world.ended).contains(leaver.session());
    ObjectNode query = Json.object().put("query", "离职");
    assertThat(names(world.body("user.list", employee, query))).isEmpty();
    assertThat(names(world.body("user.list", admin, query))).containsExactly("离职");
    assertThat(world.body("user.get", employee, ref(leaver.id())).get("disabled").booleanValue())
        .isTrue();
    assertThat(await(world.module.users().allActive(List.of(leaver.id(), admin.id())))).isFalse();
    assertThat(world.refusal("user.link", admin, ref(leaver.id()))).isEqualTo("conflict");
    JsonNode back = world.body("user.update", admin, ref(leaver.id()).put("disabled", false));
    assertThat(back.has("disabled")).isFalse();
    assertThat(world.login("leaver").id()).isEqualTo(leaver.id());
  }

  @Test
  void a_new_role_ends_sessions_and_holds_from_the_next_login() {
    world.person("rising", "升职", Role.GUEST);
    Actor.User before = world.login("rising");
    JsonNode changed = world.body("user.update", admin, ref(before.id()).put("role", "employee"));
    assertThat(changed.get("kind").textValue()).isEqualTo("member");
    assertThat(world.ended).contains(before.session());
    assertThat(world.login("rising").roles()).isEqualTo(Set.of(Role.EMPLOYEE));
  }

  @Test
  void guests_see_only_themselves() {
    assertThat(names(world.body("user.list", guest, Json.object()))).containsExactly("客户");
    assertThat(world.refusal("user.get", guest, ref(employee.id()))).isEqualTo("not_found");
    assertThat(world.body("user.get", guest, ref(guest.id())).get("kind").textValue())
        .isEqualTo("guest");
  }

  @Test
  void people_are_listed_by_pinyin_page_by_page() {
    IdentityWorld other = new IdentityWorld("users_sorted");
    try (other) {
      List<String> sorted = List.of("陈杰", "李娜", "王芳", "张伟", "张伟", "Alice", "bob");
      for (int i = 0; i < sorted.size(); i++) {
        int pick = i * 3 % sorted.size();
        other.person("user" + pick, sorted.get(pick), Role.EMPLOYEE);
      }
      Actor.User me = other.login("user0");
      List<String> listed = new ArrayList<>();
      ObjectNode page = Json.object().put("limit", 2);
      JsonNode answer = other.body("user.list", me, page);
      listed.addAll(names(answer));
      while (answer.has("next")) {
        page.put("cursor", answer.get("next").textValue());
        answer = other.body("user.list", me, page);
        listed.addAll(names(answer));
      }
      assertThat(listed).isEqualTo(sorted);
    }
  }

  @Test
  void search_takes_the_text_literally_in_any_case_and_width() {
    world.person("percent.man", "100% Sure_Guy", Role.EMPLOYEE);
    for (String text : List.of("%", "100%", "sure_guy", "SURE", "ｓｕｒｅ", "percent.m")) {
      assertThat(names(world.body("user.list", employee, Json.object().put("query", text))))
          .as(text)
          .containsExactly("100% Sure_Guy");
    }
    for (String text : List.of("1%0", "sure guy", "' or 1=1", "\\", "*")) {
      assertThat(names(world.body("user.list", employee, Json.object().put("query", text))))
          .as(text)
          .isEmpty();
    }
    assertThat(names(world.body("user.list", employee, Json.object().put("query", "研发"))))
        .contains("张伟");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAA_", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"})
  void cursors_of_elsewhere_never_break_a_list(String cursor) {
    for (String operation : List.of("user.list", "session.list", "app.list")) {
      assertThat(world.refusal(operation, admin, Json.object().put("cursor", cursor)))
          .isIn("invalid_field", "done");
    }
  }

  @Test
  void last_super_admin_stays() {
    IdentityWorld other = new IdentityWorld("users_admins");
    try (other) {
      other.person("root.one", "一", Role.SUPER_ADMIN);
      Actor.User one = other.login("root.one");
      assertThat(other.refusal("user.update", one, ref(one.id()).put("role", "employee")))
          .isEqualTo("last_super_admin");
      assertThat(other.refusal("user.update", one, ref(one.id()).put("disabled", true)))
          .isEqualTo("last_super_admin");
      for (int round = 0; round < 5; round++) {
        other.person("root.two" + round, "二", Role.SUPER_ADMIN);
        Actor.User two = other.login("root.two" + round);
        Future<Object> a =
            other.ask("user.update", one, PEER, ref(two.id()).put("role", "employee"));
        Future<Object> b = other.ask("user.update", two, PEER, ref(one.id()).put("disabled", true));
        assertThat(List.of(outcome(a), outcome(b)))
            .containsExactlyInAnyOrder("done", "last_super_admin");
        assertThat(other.sql(ADMINS)).isEqualTo("1");
        other.execute(
            "update app_user set disabled_at = null, role = case username"
                + " when 'root.one' then 'super_admin' else 'employee' end");
      }
    }
  }

  private static final String ADMINS =
      "select count(*) from app_user where role = 'super_admin' and disabled_at is null";

  @Test
  void avatar_is_a_picture_of_the_name() {
    assertThat(await(world.module.avatar(employee.id()))).contains(">张伟</text>");
    assertThat(outcome(world.module.avatar(UUID.randomUUID()))).isEqualTo("not_found");
  }
}
