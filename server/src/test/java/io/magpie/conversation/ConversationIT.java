package io.magpie.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationIT {
  private static ChatForTests chat;
  private static UUID zhang;
  private static UUID li;
  private static UUID wang;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("conversation");
    zhang = chat.person("张伟");
    li = chat.person("李娜");
    wang = chat.person("王芳");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void new_group_is_seen_by_all_its_members_from_its_first_event() {
    UUID group = chat.group(zhang, li);
    JsonNode own = chat.ask(zhang, "conversation.get", "{'conversation':'" + group + "'}");
    assertThat(own.get("me").get("role").textValue()).isEqualTo("owner");
    assertThat(own.get("memberCount").intValue()).isEqualTo(2);
    assertThat(own.get("name").textValue()).isEqualTo("组");
    assertThat(own.get("head").longValue()).isEqualTo(1);
    assertThat(chat.events(li, group, 0))
        .extracting(Event::kind)
        .containsExactly("conversation.created");
    Event told = last(chat.events(li, li, 0));
    assertThat(told.kind()).isEqualTo("membership.added");
    assertThat(told.data()).contains(group.toString()).contains("\"from\":1");
  }

  @Test
  void twenty_concurrent_starts_from_both_sides_give_one_direct_conversation() {
    UUID one = chat.person("甲");
    UUID other = chat.person("乙");
    List<Future<Object>> started = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      started.add(
          chat.start(
              i % 2 == 0 ? one : other,
              "conversation.create",
              "{'clientId':'%s','kind':'direct','members':['%s']}"
                  .formatted(UUID.randomUUID(), i % 2 == 0 ? other : one)));
    }
    Set<String> ids = new HashSet<>();
    for (Future<Object> start : started) {
      JsonNode made = ChatForTests.shown("conversation.create", ChatForTests.await(start));
      assertThat(made.get("peer")).isNotNull();
      ids.add(made.get("id").textValue());
    }
    assertThat(ids).hasSize(1);
    assertThat(chat.events(one, one, 0)).hasSize(1);
  }

  @Test
  void same_client_id_makes_one_group_and_another_content_is_refused() {
    UUID clientId = UUID.randomUUID();
    String asked =
        "{'clientId':'%s','kind':'group','name':'A','members':['%s']}".formatted(clientId, li);
    String first = chat.ask(zhang, "conversation.create", asked).get("id").textValue();
    assertThat(chat.ask(zhang, "conversation.create", asked).get("id").textValue())
        .isEqualTo(first);
    assertThat(chat.outcome(zhang, "conversation.create", asked.replace("'A'", "'B'")))
        .isEqualTo("client_id_reused");
  }

  @Test
  void the_client_id_of_a_start_that_found_a_conversation_stands_for_nothing_else() {
    UUID me = chat.person("我");
    UUID direct = chat.direct(li, me);
    String clientId = UUID.randomUUID().toString();
    String asked = "{'clientId':'%s','kind':'direct','members':['%s']}".formatted(clientId, li);
    List<Future<Object>> tries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tries.add(chat.start(me, "conversation.create", asked));
    }
    for (Future<Object> one : tries) {
      JsonNode found = ChatForTests.shown("conversation.create", ChatForTests.await(one));
      assertThat(found.get("id").textValue()).isEqualTo(direct.toString());
    }
    String group = "{'clientId':'%s','kind':'group','name':'A','members':[]}".formatted(clientId);
    assertThat(chat.outcome(me, "conversation.create", group)).isEqualTo("client_id_reused");
    assertThat(chat.outcome(me, "conversation.create", asked.replace("" + li, "" + wang)))
        .isEqualTo("client_id_reused");
    String message =
        "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'x'}}"
            .formatted(direct, clientId);
    assertThat(chat.outcome(me, "message.send", message)).isEqualTo("client_id_reused");
    assertThat(chat.events(me, direct, 0)).hasSize(1);
    assertThat(chat.events(me, me, 0)).hasSize(1);
    assertThat(chat.ask(me, "conversation.create", asked).get("id").textValue())
        .isEqualTo(direct.toString());
  }

  @Test
  void list_is_paged_by_latest_activity_with_last_message_and_unread() {
    UUID me = chat.person("我");
    List<UUID> groups = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      groups.add(chat.group(me, li));
    }
    chat.send(li, groups.get(2), "hello");
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = chat.ask(me, "conversation.list", "{'limit':3" + cursor + "}");
      page.get("items").forEach(item -> seen.add(item.get("id").textValue()));
      if (seen.size() == 3) {
        JsonNode top = page.get("items").get(0);
        assertThat(top.get("lastMessage").get("body").get("text").textValue()).isEqualTo("hello");
        assertThat(top.get("me").get("unread").intValue()).isEqualTo(1);
      }
      cursor = page.has("next") ? ",'cursor':'" + page.get("next").textValue() + "'" : "";
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    assertThat(seen.get(0)).isEqualTo(groups.get(2).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conversation.create | {'kind':'group','name':'a','members':[]} | missing_field",
        "conversation.create | {'clientId':'C','kind':'team','name':'a','members':[]} |"
            + " invalid_field",
        "conversation.create | {'clientId':'C','kind':'group','members':[]} | missing_field",
        "conversation.create | {'clientId':'C','kind':'group','name':' ','members':[]} |"
            + " invalid_field",
        "conversation.create | {'clientId':'C','kind':'group','name':'a\\u202e','members':[]} |"
            + " invalid_text",
        "conversation.create | {'clientId':'C','kind':'group','name':1,'members':[]} |"
            + " invalid_field",
        "conversation.create | {'clientId':'C','kind':'group','name':'a','members':['U']} |"
            + " not_found",
        "conversation.create | {'clientId':'C','kind':'group','name':'a','members':'L'} |"
            + " invalid_field",
        "conversation.create | {'clientId':'C','kind':'group','name':'a','members':['L','L']} |"
            + " invalid_field",
        "conversation.create | {'clientId':'C','kind':'group','name':'a','members':[],'x':1} |"
            + " unknown_field",
        "conversation.create | {'clientId':'C','kind':'direct','members':['Z']} | invalid_field",
        "conversation.create | {'clientId':'C','kind':'direct','members':[]} | invalid_field",
        "conversation.create | {'clientId':'C','kind':'direct','name':'a','members':['L']} |"
            + " invalid_field",
        "conversation.create | {'clientId':'1','kind':'group','name':'a','members':[]} |"
            + " invalid_field",
        "conversation.get | {'conversation':'U'} | not_found",
        "conversation.get | {'conversation':'Z'} | not_found",
        "conversation.get | {'conversation':null} | invalid_field",
        "conversation.get | {} | missing_field",
        "conversation.list | {'cursor':'e30'} | invalid_field",
        "conversation.list | {'limit':0} | invalid_field",
        "conversation.list | {'limit':201} | invalid_field",
        "conversation.list | {'archived':'yes'} | invalid_field",
        "conversation.update | {'conversation':'U','name':'x'} | not_found",
        "conversation.update | {'conversation':'U'} | missing_field",
      })
  void refuses(String op, String params, String code) {
    String asked =
        params
            .replace("'C'", "'" + UUID.randomUUID() + "'")
            .replace("'U'", "'" + UUID.randomUUID() + "'")
            .replace("'L'", "'" + li + "'")
            .replace("'Z'", "'" + zhang + "'");
    assertThat(chat.outcome(zhang, op, asked)).isEqualTo(code);
  }

  @Test
  void disabled_people_are_not_found() {
    UUID gone = chat.person("gone");
    chat.disable(gone);
    assertThat(
            chat.outcome(
                zhang,
                "conversation.create",
                "{'clientId':'%s','kind':'direct','members':['%s']}"
                    .formatted(UUID.randomUUID(), gone)))
        .isEqualTo("not_found");
  }

  @Test
  void a_retry_and_a_known_pair_answer_even_when_the_other_one_is_gone() {
    UUID gone = chat.person("gone");
    UUID direct = chat.direct(zhang, gone);
    String group =
        "{'clientId':'%s','kind':'group','name':'A','members':['%s']}"
            .formatted(UUID.randomUUID(), gone);
    String first = chat.ask(zhang, "conversation.create", group).get("id").textValue();
    chat.disable(gone);
    assertThat(chat.ask(zhang, "conversation.create", group).get("id").textValue())
        .isEqualTo(first);
    assertThat(chat.direct(zhang, gone)).isEqualTo(direct);
  }

  @Test
  void update_tells_only_what_changed() {
    UUID group = chat.group(zhang, li, wang);
    String both = "{'conversation':'%s','name':'组','announcement':'明天发布'}".formatted(group);
    long seq = chat.ask(zhang, "conversation.update", both).get("seq").longValue();
    assertThat(seq).isEqualTo(2);
    assertThat(last(chat.events(li, group, 0)).data()).isEqualTo("{\"announcement\":\"明天发布\"}");
    assertThat(chat.ask(zhang, "conversation.update", both).get("seq").longValue()).isEqualTo(2);
    assertThat(chat.outcome(li, "conversation.update", both)).isEqualTo("forbidden");
    UUID direct = chat.direct(zhang, li);
    assertThat(
            chat.outcome(
                zhang, "conversation.update", "{'conversation':'%s','name':'x'}".formatted(direct)))
        .isEqualTo("forbidden");
  }

  private static Event last(List<Event> events) {
    return events.get(events.size() - 1);
  }
}
