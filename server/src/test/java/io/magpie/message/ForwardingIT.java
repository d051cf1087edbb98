package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForwardingIT {
  private static ChatForTests chat;
  private static UUID zhang;
  private static UUID li;
  private static UUID wang;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("forwarding");
    zhang = chat.person("张伟");
    li = chat.person("李娜");
    wang = chat.person("王芳");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void each_message_names_its_first_origin() {
    UUID from = chat.direct(zhang, li);
    UUID over = chat.group(zhang, wang);
    UUID to = chat.group(wang, li);
    long first = chat.send(zhang, from, "one");
    long second = chat.send(li, from, "two");
    JsonNode sent = forward(zhang, from, over, List.of(second, first), "");
    assertThat(longs(sent)).hasSize(2);
    JsonNode again = forward(wang, over, to, longs(sent), "");
    JsonNode message = get(li, to, longs(again).get(0));
    assertThat(message.at("/body/text").textValue()).isEqualTo("one");
    assertThat(message.get("sender").textValue()).isEqualTo(wang.toString());
    assertThat(message.at("/forwardedFrom/senderName").textValue()).isEqualTo("张伟");
  }

  @Test
  void merged_ones_become_one_message_and_open_up_inside_another() {
    UUID from = chat.direct(zhang, li);
    UUID to = chat.group(zhang, wang);
    List<Long> seqs = List.of(chat.send(zhang, from, "one"), chat.send(li, from, "two"));
    JsonNode merged = forward(zhang, from, to, seqs, ",'merge':true");
    long plain = chat.send(wang, to, "three");
    JsonNode again = forward(wang, to, to, List.of(longs(merged).get(0), plain), ",'merge':true");
    JsonNode message = get(wang, to, longs(again).get(0));
    assertThat(message.at("/body/items").findValuesAsText("text"))
        .containsExactly("one", "two", "three");
    assertThat(message.at("/body/items").findValuesAsText("senderName"))
        .containsExactly("张伟", "李娜", "王芳");
    assertThat(
            chat.outcome(
                wang,
                "message.edit",
                "{'conversation':'%s','seq':%d,'text':'x'}".formatted(to, longs(again).get(0))))
        .isEqualTo("conflict");
  }

  @Test
  void a_retry_answers_the_first_result_even_when_the_source_is_gone() {
    UUID from = chat.direct(zhang, li);
    UUID to = chat.group(zhang, wang);
    long seq = chat.send(zhang, from, "one");
    long more = chat.send(zhang, from, "two");
    String asked = asked(UUID.randomUUID(), from, to, List.of(seq, more), "");
    List<Future<Object>> tries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tries.add(chat.start(zhang, "message.forward", asked));
    }
    tries.forEach(ChatForTests::await);
    chat.ask(zhang, "message.recall", "{'conversation':'%s','seq':%d}".formatted(from, seq));
    JsonNode retry = chat.ask(zhang, "message.forward", asked);
    assertThat(retry.get("duplicate").booleanValue()).isTrue();
    assertThat(longs(retry)).containsExactly(2L, 3L);
    assertThat(chat.events(wang, to, 1)).hasSize(2);
    assertThat(
            chat.outcome(
                zhang, "message.forward", asked(UUID.randomUUID(), from, to, List.of(seq), "")))
        .isEqualTo("message_recalled");
    assertThat(chat.outcome(zhang, "message.forward", asked.replace("}", ",'merge':true}")))
        .isEqualTo("client_id_reused");
  }

  @Test
  void a_retry_answers_the_first_result_even_when_the_sender_was_removed() {
    UUID from = chat.direct(zhang, li);
    UUID to = chat.group(wang, zhang);
    long seq = chat.send(li, from, "one");
    String asked = asked(UUID.randomUUID(), from, to, List.of(seq), "");
    List<Long> stored = longs(chat.ask(zhang, "message.forward", asked));
    chat.ask(wang, "member.remove", "{'conversation':'%s','user':'%s'}".formatted(to, zhang));
    JsonNode retry = chat.ask(zhang, "message.forward", asked);
    assertThat(retry.get("duplicate").booleanValue()).isTrue();
    assertThat(longs(retry)).isEqualTo(stored);
    assertThat(outcome(zhang, from, to, seq)).isEqualTo("not_found");
    assertThat(chat.events(wang, to, stored.get(0) + 1)).isEmpty();
  }

  @Test
  void needs_reading_there_and_membership_here() {
    UUID from = chat.direct(zhang, li);
    UUID mine = chat.group(wang);
    long seq = chat.send(zhang, from, "secret");
    assertThat(outcome(wang, from, mine, seq)).isEqualTo("not_found");
    assertThat(outcome(zhang, from, mine, seq)).isEqualTo("not_found");
    assertThat(outcome(zhang, from, zhang, seq)).isEqualTo("not_found");
    assertThat(outcome(zhang, zhang, from, 1)).isEqualTo("not_found");
    assertThat(outcome(zhang, from, from, 1)).isEqualTo("not_found");
    assertThat(chat.events(wang, mine, 1)).isEmpty();
  }

  @Test
  void members_forward_nothing_from_before_their_time() {
    UUID group = chat.group(zhang, li);
    long before = chat.send(zhang, group, "before");
    chat.ask(zhang, "member.add", "{'conversation':'%s','users':['%s']}".formatted(group, wang));
    UUID mine = chat.group(wang);
    assertThat(outcome(wang, group, mine, before)).isEqualTo("not_found");
  }

  @Test
  void too_much_text_at_once_is_refused() {
    UUID from = chat.direct(zhang, li);
    UUID to = chat.group(zhang, wang);
    List<Long> seqs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      seqs.add(chat.send(zhang, from, "字".repeat(8_000)));
    }
    String asked = asked(UUID.randomUUID(), from, to, seqs, ",'merge':true");
    assertThat(chat.outcome(zhang, "message.forward", asked)).isEqualTo("text_too_long");
    assertThat(chat.events(wang, to, 1)).isEmpty();
  }

  private static String outcome(UUID actor, UUID from, UUID to, long seq) {
    return chat.outcome(
        actor, "message.forward", asked(UUID.randomUUID(), from, to, List.of(seq), ""));
  }

  private static JsonNode forward(UUID actor, UUID from, UUID to, List<Long> seqs, String more) {
    return chat.ask(actor, "message.forward", asked(UUID.randomUUID(), from, to, seqs, more));
  }

  private static String asked(UUID clientId, UUID from, UUID to, List<Long> seqs, String more) {
    return "{'clientId':'%s','from':'%s','seqs':%s,'to':'%s'%s}"
        .formatted(clientId, from, seqs, to, more);
  }

  private static JsonNode get(UUID reader, UUID conversation, long seq) {
    return chat.ask(
        reader, "message.get", "{'conversation':'%s','seq':%d}".formatted(conversation, seq));
  }

  private static List<Long> longs(JsonNode result) {
    List<Long> seqs = new ArrayList<>();
    result.get("seqs").forEach(seq -> seqs.add(seq.longValue()));
    return seqs;
  }
}
