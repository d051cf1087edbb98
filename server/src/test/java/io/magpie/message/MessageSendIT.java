package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSendIT {
  private static ChatForTests chat;
  private static UUID zhang;
  private static UUID li;
  private static UUID stranger;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("message_send");
    zhang = chat.person("张伟");
    li = chat.person("李娜");
    stranger = chat.person("陌生人");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void twenty_tries_with_one_client_id_store_one_message() {
    UUID group = chat.group(zhang, li);
    String asked =
        "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'once'}}"
            .formatted(group, UUID.randomUUID());
    List<Future<Object>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tries.add(chat.start(zhang, "message.send", asked));
    }
    Set<Long> seqs = new HashSet<>();
    int first = 0;
    for (Future<Object> answer : tries) {
      JsonNode sent = ChatForTests.shown("message.send", ChatForTests.await(answer));
      seqs.add(sent.get("seq").longValue());
      first += sent.get("duplicate").booleanValue() ? 0 : 1;
    }
    assertThat(seqs).hasSize(1);
    assertThat(first).isEqualTo(1);
    assertThat(chat.events(li, group, 1)).hasSize(1);
    assertThat(chat.outcome(zhang, "message.send", asked.replace("once", "twice")))
        .isEqualTo("client_id_reused");
  }

  @Test
  void forty_writers_at_once_leave_no_hole_and_lose_nothing() {
    List<UUID> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      writers.add(chat.person("w" + i));
    }
    UUID group = chat.group(zhang, writers.toArray(UUID[]::new));
    List<Future<Object>> sent = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (UUID writer : writers) {
        sent.add(chat.start(writer, "message.send", text(group, "r" + round, "")));
      }
    }
    sent.forEach(ChatForTests::await);
    assertThat(chat.events(zhang, group, 0))
        .extracting(Event::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 401).boxed().toList());
  }

  @Test
  void pipelined_sends_of_one_sender_keep_their_order_whatever_they_are() {
    UUID group = chat.group(zhang, li);
    long root = chat.send(zhang, group, "root");
    List<Future<Object>> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String more =
          switch (i % 5) {
            case 1 -> ",'replyTo':" + root;
            case 2 -> ",'thread':" + root;
            case 3 -> ",'mentions':{'users':['" + li + "']}";
            case 4 -> ",'mentions':{'all':true}";
            default -> "";
          };
      sent.add(chat.start(zhang, "message.send", text(group, "n" + i, more)));
    }
    sent.forEach(ChatForTests::await);
    List<String> texts =
        chat.events(li, group, root).stream()
            .map(event -> Json.readOwn(event.data()).at("/body/text").textValue())
            .toList();
    assertThat(texts).hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(texts.get(i)).isEqualTo("n" + i);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'text','text':''} | invalid_field",
        "{'type':'text','text':' \\n\\t '} | invalid_field",
        "{'type':'text','text':'a\\u0000b'} | invalid_text",
        "{'type':'text','text':'a\\ud800b'} | invalid_text",
        "{'type':'text','text':'\\udc00'} | invalid_text",
        "{'type':'text','text':7} | invalid_field",
        "{'type':'text','text':null} | invalid_field",
        "{'type':'text'} | missing_field",
        "{'type':'forward','items':[]} | invalid_field",
        "{'type':'text','text':'x','language':'java'} | unknown_field",
        "{'type':'code','text':'x','language':'<script>'} | invalid_field",
        "{'type':'code','text':'x','language':'java'} | done",
        "{'type':'code','text':'x'} | done",
        "7 | invalid_field",
        "[] | invalid_field",
      })
  void body_is_checked(String body, String code) {
    UUID group = chat.group(zhang);
    assertThat(
            chat.outcome(
                zhang,
                "message.send",
                "{'conversation':'%s','clientId':'%s','body':%s}"
                    .formatted(group, UUID.randomUUID(), body)))
        .isEqualTo(code);
    assertThat(chat.events(zhang, group, 1)).hasSize(code.equals("done") ? 1 : 0);
  }

  @Test
  void long_texts_are_refused_and_never_cut() {
    UUID group = chat.group(zhang);
    assertThat(sendText(group, "a" + "\u0301".repeat(10_000))).isEqualTo("text_too_long");
    assertThat(sendText(group, "字".repeat(8_001))).isEqualTo("text_too_long");
    assertThat(sendText(group, "字".repeat(8_000))).isEqualTo("done");
    assertThat(sendText(group, "😀".repeat(8_000))).isEqualTo("done");
    assertThat(sendText(group, "a" + "\u0301".repeat(7_999))).isEqualTo("done");
    assertThat(sendText(group, "'; drop table event; -- <script>\" \\ %_")).isEqualTo("done");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",'replyTo':999 | not_found",
        ",'replyTo':1 | not_found",
        ",'replyTo':'2' | invalid_field",
        ",'replyTo':2.0 | invalid_field",
        ",'replyTo':0 | invalid_field",
        ",'replyTo':-1 | invalid_field",
        ",'replyTo':9223372036854775808 | invalid_field",
        ",'replyTo':2 | done",
        ",'replyTo':3 | done",
        ",'thread':2 | done",
        ",'thread':3 | not_found",
        ",'thread':77 | not_found",
        ",'mentions':{'all':true} | done",
        ",'mentions':{'all':'yes'} | invalid_field",
        ",'mentions':{'everybody':true} | unknown_field",
        ",'mentions':{'users':['x']} | invalid_field",
        ",'mentions':{} | done",
        ",'mentions':{'users':['00000000-0000-0000-0000-000000000000']} | invalid_field",
        ",'mentions':{'users':['00000000-0000-0000-0000-000000000000'],'all':true} | invalid_field",
        ",'mentions':{'users':['7d444840-9dc0-41d1-b245-5ffdce74fad2']} | invalid_field",
        ",'mentions':[] | invalid_field",
        ",'sender':'x' | unknown_field",
        ",'__proto__':{} | unknown_field",
      })
  void what_a_message_points_at_is_checked(String more, String code) {
    UUID group = chat.group(zhang, li);
    long root = chat.send(zhang, group, "root");
    assertThat(chat.send(li, group, "in thread", ",'thread':" + root)).isEqualTo(3);
    assertThat(chat.outcome(zhang, "message.send", text(group, "x", more))).isEqualTo(code);
    assertThat(chat.events(zhang, group, 3)).hasSize(code.equals("done") ? 1 : 0);
  }

  @Test
  void only_owner_and_admins_of_a_group_mention_everybody() {
    UUID group = chat.group(zhang, li);
    UUID direct = chat.direct(zhang, li);
    String all = ",'mentions':{'all':true}";
    assertThat(chat.outcome(li, "message.send", text(group, "x", all))).isEqualTo("forbidden");
    assertThat(chat.outcome(zhang, "message.send", text(group, "x", all))).isEqualTo("done");
    assertThat(chat.outcome(zhang, "message.send", text(direct, "x", all))).isEqualTo("forbidden");
  }

  @Test
  void only_members_are_mentioned_and_nobody_learns_who_else_exists() {
    UUID foreign = chat.person("foreign");
    UUID gone = chat.person("gone");
    UUID group = chat.group(zhang, li, gone);
    chat.group(zhang, foreign);
    chat.ask(gone, "conversation.leave", "{'conversation':'" + group + "'}");
    long head = chat.events(zhang, group, 0).size();
    String nobody = refusal(group, li, UUID.randomUUID());
    assertThat(nobody).startsWith("invalid_field mentions.users ");
    assertThat(refusal(group, foreign)).isEqualTo(nobody);
    assertThat(refusal(group, gone)).isEqualTo(nobody);
    assertThat(refusal(group, Mentions.EVERYBODY)).isEqualTo(nobody);
    assertThat(chat.events(zhang, group, head)).isEmpty();
    assertThat(chat.sql("select count(*) from mention where stream_id = '" + group + "'"))
        .isEqualTo("0");
    assertThat(chat.outcome(foreign, "message.send", text(group, "x", users(zhang))))
        .isEqualTo("not_found");
    assertThat(chat.outcome(li, "message.send", text(group, "x", users(zhang, li))))
        .isEqualTo("done");
  }

  @Test
  void a_retry_gets_its_first_answer_after_the_mentioned_one_left() {
    UUID gone = chat.person("gone");
    UUID group = chat.group(zhang, gone);
    String asked = text(group, "x", users(gone));
    long seq = chat.ask(zhang, "message.send", asked).get("seq").longValue();
    chat.ask(gone, "conversation.leave", "{'conversation':'" + group + "'}");
    assertThat(chat.ask(zhang, "message.send", asked).get("seq").longValue()).isEqualTo(seq);
  }

  @Test
  void one_bad_mention_in_a_batch_refuses_only_its_own_message() {
    UUID foreign = chat.person("foreign");
    UUID group = chat.group(zhang, li);
    UUID other = chat.group(foreign, li);
    List<Future<Object>> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String more = i % 3 == 0 ? users(foreign) : users(li);
      sent.add(chat.start(zhang, "message.send", text(group, "n" + i, more)));
      sent.add(chat.start(foreign, "message.send", text(other, "o" + i, users(foreign))));
    }
    List<String> outcomes = sent.stream().map(ChatForTests::outcome).toList();
    for (int i = 0; i < 30; i++) {
      assertThat(outcomes.get(2 * i)).isEqualTo(i % 3 == 0 ? "invalid_field" : "done");
      assertThat(outcomes.get(2 * i + 1)).isEqualTo("done");
    }
    assertThat(chat.events(li, group, 1)).hasSize(20);
  }

  @Test
  void nobody_writes_into_what_is_not_theirs() {
    UUID group = chat.group(zhang, li);
    assertThat(chat.outcome(stranger, "message.send", text(group, "x", ""))).isEqualTo("not_found");
    assertThat(chat.outcome(stranger, "message.send", text(stranger, "x", "")))
        .isEqualTo("not_found");
    assertThat(chat.outcome(stranger, "message.send", text(zhang, "x", ""))).isEqualTo("not_found");
    assertThat(chat.outcome(stranger, "message.send", text(UUID.randomUUID(), "x", "")))
        .isEqualTo("not_found");
    assertThat(chat.events(zhang, group, 1)).isEmpty();
    assertThat(chat.events(stranger, stranger, 0)).isEmpty();
  }

  private String sendText(UUID group, String text) {
    ObjectNode params = Json.object();
    params.put("conversation", group.toString()).put("clientId", UUID.randomUUID().toString());
    params.putObject("body").put("type", "text").put("text", text);
    return ChatForTests.outcome(chat.start(zhang, "message.send", params));
  }

  private static String refusal(UUID group, UUID... mentioned) {
    try {
      ChatForTests.await(chat.start(li, "message.send", text(group, "x", users(mentioned))));
      return "done";
    } catch (RequestError e) {
      return e.code().code() + " " + e.field().orElse("") + " " + e.getMessage();
    }
  }

  private static String users(UUID... mentioned) {
    return Stream.of(mentioned)
        .map(user -> "'" + user + "'")
        .collect(Collectors.joining(",", ",'mentions':{'users':[", "]}"));
  }

  private static String text(UUID conversation, String text, String more) {
    return "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'%s'}%s}"
        .formatted(conversation, UUID.randomUUID(), text, more);
  }
}
