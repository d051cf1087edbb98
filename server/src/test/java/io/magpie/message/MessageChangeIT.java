package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.membership.MembershipLimits;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import io.magpie.testkit.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageChangeIT {
  private static final MessageLimits LIMITS =
      new MessageLimits(8_000, 32 * 1024, Duration.ofHours(1), Duration.ofMinutes(2), 3);

  private static ChatForTests chat;
  private static UUID owner;
  private static UUID admin;
  private static UUID member;
  private static UUID other;
  private static UUID stranger;

  private UUID group;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("message_change", MembershipLimits.DEFAULT, LIMITS);
    owner = chat.person("张伟");
    admin = chat.person("李娜");
    member = chat.person("王芳");
    other = chat.person("陈杰");
    stranger = chat.person("陌生人");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @BeforeEach
  void newGroup() {
    chat.clock.reset();
    group = chat.group(owner, admin, member, other);
    chat.ask(
        owner,
        "member.update",
        "{'conversation':'%s','user':'%s','role':'admin'}".formatted(group, admin));
  }

  @Test
  void edit_replaces_text_and_mentions_once() {
    long seq = chat.send(member, group, "old", ",'mentions':{'users':['" + other + "']}");
    String edit = target(seq, ",'text':'new','mentions':{'users':['" + admin + "']}");
    long edited = chat.ask(member, "message.edit", edit).get("seq").longValue();
    assertThat(edited).isEqualTo(seq + 1);
    assertThat(chat.ask(member, "message.edit", edit).get("seq").longValue()).isEqualTo(edited);
    JsonNode message = get(seq);
    assertThat(message.at("/body/text").textValue()).isEqualTo("new");
    assertThat(message.at("/mentions/users/0").textValue()).isEqualTo(admin.toString());
    assertThat(message.get("editedAt")).isNotNull();
    assertThat(mentions(other)).isZero();
    assertThat(mentions(admin)).isEqualTo(1);
  }

  @Test
  void an_edit_mentions_members_only() {
    long seq = chat.send(member, group, "old", ",'mentions':{'users':['" + other + "']}");
    for (UUID nobody : List.of(stranger, UUID.randomUUID(), Mentions.EVERYBODY)) {
      String edit =
          target(seq, ",'text':'new','mentions':{'users':['" + admin + "','" + nobody + "']}");
      assertThat(chat.outcome(member, "message.edit", edit)).isEqualTo("invalid_field");
    }
    assertThat(get(seq).at("/body/text").textValue()).isEqualTo("old");
    assertThat(mentions(other)).isEqualTo(1);
    assertThat(mentions(admin)).isZero();
    assertThat(mentions(owner)).isZero();
    assertThat(chat.events(owner, group, seq)).isEmpty();
  }

  @Test
  void an_edit_that_changes_nothing_needs_no_present_mention() {
    long seq = chat.send(member, group, "old", ",'mentions':{'users':['" + other + "']}");
    chat.ask(other, "conversation.leave", "{'conversation':'" + group + "'}");
    String mention = ",'mentions':{'users':['" + other + "']}";
    String same = target(seq, ",'text':'old'" + mention);
    assertThat(chat.outcome(member, "message.edit", same)).isEqualTo("done");
    String again = target(seq, ",'text':'new'" + mention);
    assertThat(chat.outcome(member, "message.edit", again)).isEqualTo("invalid_field");
    assertThat(chat.outcome(member, "message.edit", target(seq, ",'text':'new'")))
        .isEqualTo("done");
  }

  @Test
  void an_edited_snippet_stays_a_snippet() {
    JsonNode sent =
        chat.ask(
            member,
            "message.send",
            "{'conversation':'%s','clientId':'%s','body':{'type':'code','text':'a','language':'c'}}"
                .formatted(group, UUID.randomUUID()));
    long seq = sent.get("seq").longValue();
    chat.ask(member, "message.edit", target(seq, ",'text':'b'"));
    assertThat(get(seq).get("body").toString())
        .isEqualTo("{\"type\":\"code\",\"text\":\"b\",\"language\":\"c\"}");
  }

  @Test
  void edit_and_recall_have_their_windows() {
    long seq = chat.send(member, group, "x");
    chat.clock.advance(Duration.ofMinutes(3));
    assertThat(chat.outcome(member, "message.recall", target(seq, ""))).isEqualTo("window_passed");
    assertThat(chat.outcome(member, "message.edit", target(seq, ",'text':'y'"))).isEqualTo("done");
    chat.clock.advance(Duration.ofHours(1));
    assertThat(chat.outcome(member, "message.edit", target(seq, ",'text':'z'")))
        .isEqualTo("window_passed");
    assertThat(chat.outcome(admin, "message.recall", target(seq, ""))).isEqualTo("done");
    assertThat(get(seq).get("recalledBy").textValue()).isEqualTo(admin.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "owner,forbidden,done,done",
    "admin,forbidden,done,done",
    "member,done,done,forbidden",
    "other,forbidden,forbidden,forbidden",
    "stranger,not_found,not_found,not_found"
  })
  void who_may_edit_recall_and_pin(String who, String edit, String recall, String pin) {
    UUID user = named(who);
    long seq = chat.send(member, group, "x");
    assertThat(chat.outcome(user, "message.pin", target(seq, ""))).isEqualTo(pin);
    assertThat(chat.outcome(user, "message.unpin", target(seq, ""))).isEqualTo(pin);
    assertThat(chat.outcome(user, "message.edit", target(seq, ",'text':'y'"))).isEqualTo(edit);
    assertThat(chat.outcome(user, "message.recall", target(seq, ""))).isEqualTo(recall);
  }

  @Test
  void in_a_direct_conversation_both_pin_and_nobody_recalls_for_the_other() {
    UUID direct = chat.direct(owner, member);
    long seq = chat.send(owner, direct, "x");
    String target = "{'conversation':'%s','seq':%d}".formatted(direct, seq);
    assertThat(chat.outcome(member, "message.pin", target)).isEqualTo("done");
    assertThat(chat.outcome(member, "message.recall", target)).isEqualTo("forbidden");
  }

  @Test
  void recall_leaves_nothing_of_the_words_in_the_database() {
    long seq = chat.send(member, group, "geheim1", ",'mentions':{'users':['" + other + "']}");
    chat.ask(member, "message.edit", target(seq, ",'text':'geheim2'"));
    chat.ask(
        member,
        "message.edit",
        target(seq, ",'text':'geheim3','mentions':{'users':['" + other + "']}"));
    chat.ask(other, "message.react", target(seq, ",'emoji':'👍'"));
    chat.ask(owner, "message.pin", target(seq, ""));
    long recalled = chat.ask(member, "message.recall", target(seq, "")).get("seq").longValue();
    assertThat(chat.ask(member, "message.recall", target(seq, "")).get("seq").longValue())
        .isEqualTo(recalled);
    JsonNode message = get(seq);
    assertThat(message.has("body") || message.has("mentions") || message.has("pin")).isFalse();
    assertThat(message.has("reactions")).isFalse();
    assertThat(message.get("recalledAt")).isNotNull();
    assertThat(chat.sql("select count(*) from event where data::text like '%geheim%'"))
        .isEqualTo("0");
    assertThat(chat.sql("select count(*) from message_state where text like '%geheim%'"))
        .isEqualTo("0");
    assertThat(mentions(other)).isZero();
    List<Event> events = chat.events(other, group, seq - 1);
    assertThat(events.get(1).data()).isEqualTo("{\"message\":" + seq + "}");
    assertThat(chat.ask(other, "pin.list", "{'conversation':'" + group + "'}").get("items"))
        .isEmpty();
    for (String op : List.of("message.react", "message.pin", "message.edit")) {
      String more =
          op.equals("message.react")
              ? ",'emoji':'👍'"
              : op.equals("message.edit") ? ",'text':'y'" : "";
      UUID who = op.equals("message.pin") ? owner : member;
      assertThat(chat.outcome(who, op, target(seq, more))).isEqualTo("message_recalled");
    }
  }

  @Test
  void reactions_are_counted_in_order_and_only_once() {
    long seq = chat.send(member, group, "x");
    for (UUID user : List.of(other, owner, member)) {
      chat.ask(user, "message.react", target(seq, ",'emoji':'👍'"));
    }
    long head =
        chat.ask(owner, "message.react", target(seq, ",'emoji':'ok'")).get("seq").longValue();
    assertThat(
            chat.ask(owner, "message.react", target(seq, ",'emoji':'ok'")).get("seq").longValue())
        .isEqualTo(head);
    chat.ask(owner, "message.unreact", target(seq, ",'emoji':'👍'"));
    long after =
        chat.ask(owner, "message.unreact", target(seq, ",'emoji':'👍'")).get("seq").longValue();
    assertThat(after).isEqualTo(head + 1);
    assertThat(get(seq).get("reactions").toString())
        .isEqualTo(
            "[{\"emoji\":\"👍\",\"count\":2,\"users\":[\"%s\",\"%s\"]},{\"emoji\":\"ok\",\"count\":1,\"users\":[\"%s\"]}]"
                .formatted(other, member, owner));
  }

  @Test
  void a_message_has_fifty_kinds_of_reactions() {
    long seq = chat.send(member, group, "x");
    for (int i = 0; i < 50; i++) {
      chat.ask(owner, "message.react", target(seq, ",'emoji':'kind" + i + "'"));
    }
    assertThat(chat.outcome(owner, "message.react", target(seq, ",'emoji':'more'")))
        .isEqualTo("too_many_reactions");
    assertThat(chat.outcome(member, "message.react", target(seq, ",'emoji':'kind7'")))
        .isEqualTo("done");
  }

  @Test
  void pins_end_are_limited_and_listed_latest_first() {
    long[] seqs = new long[4];
    for (int i = 0; i < seqs.length; i++) {
      seqs[i] = chat.send(member, group, "m" + i);
    }
    Instant soon = Instant.now().plusSeconds(3);
    chat.ask(owner, "message.pin", target(seqs[2], ",'until':'" + soon + "'"));
    chat.ask(owner, "message.pin", target(seqs[0], ""));
    long head = chat.ask(admin, "message.pin", target(seqs[1], "")).get("seq").longValue();
    assertThat(chat.ask(owner, "message.pin", target(seqs[1], "")).get("seq").longValue())
        .isEqualTo(head);
    assertThat(chat.outcome(owner, "message.pin", target(seqs[3], ""))).isEqualTo("conflict");
    assertThat(pinned("")).containsExactly(seqs[1], seqs[0], seqs[2]);
    JsonNode first =
        chat.ask(member, "pin.list", "{'conversation':'%s','limit':2}".formatted(group));
    assertThat(pinned(",'cursor':'" + first.get("next").textValue() + "'"))
        .containsExactly(seqs[2]);
    Deadline.await("over", Duration.ofSeconds(20), () -> pinned("").size() == 2);
    assertThat(pinned("")).containsExactly(seqs[1], seqs[0]);
    assertThat(get(seqs[2]).has("pin")).isFalse();
    assertThat(chat.outcome(owner, "message.pin", target(seqs[3], ""))).isEqualTo("done");
    assertThat(
            chat.outcome(owner, "message.pin", target(seqs[3], ",'until':'2020-01-01T00:00:00Z'")))
        .isEqualTo("invalid_field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "message.edit | ,'text':'' | invalid_field",
        "message.edit | ,'text':'a\\u0000' | invalid_text",
        "message.edit | '' | missing_field",
        "message.edit | ,'text':'a','body':{} | unknown_field",
        "message.recall | ,'force':true | unknown_field",
        "message.react | '' | missing_field",
        "message.react | ,'emoji':'<b>' | invalid_field",
        "message.react | ,'emoji':'👍👍' | invalid_field",
        "message.react | ,'emoji':'a\\u0000' | invalid_field",
        "message.react | ,'emoji':'\\ud83d' | invalid_field",
        "message.unreact | ,'emoji':1 | invalid_field",
        "message.pin | ,'until':'soon' | invalid_field",
        "message.receipts | ,'cursor':'x' | invalid_field",
      })
  void refuses_bad_fields(String op, String more, String code) {
    long seq = chat.send(owner, group, "x");
    assertThat(chat.outcome(owner, op, target(seq, more))).isEqualTo(code);
    assertThat(chat.events(owner, group, seq)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "message.edit | ,'text':'y'",
        "message.recall | ''",
        "message.react | ,'emoji':'👍'",
        "message.unreact | ,'emoji':'👍'",
        "message.pin | ''",
        "message.unpin | ''",
        "message.receipts | ''"
      })
  void what_is_no_message_here_is_not_found(String op, String more) {
    chat.send(owner, group, "x");
    assertThat(chat.outcome(owner, op, target(1, more))).isEqualTo("not_found");
    assertThat(chat.outcome(owner, op, target(999, more))).isEqualTo("not_found");
    UUID direct = chat.direct(admin, member);
    long foreign = chat.send(admin, direct, "x");
    String there = "{'conversation':'%s','seq':%d%s}".formatted(direct, foreign, more);
    assertThat(chat.outcome(owner, op, there)).isEqualTo("not_found");
    String inbox = "{'conversation':'%s','seq':1%s}".formatted(owner, more);
    assertThat(chat.outcome(owner, op, inbox)).isEqualTo("not_found");
  }

  private List<Long> pinned(String more) {
    return chat
        .ask(member, "pin.list", "{'conversation':'%s'%s}".formatted(group, more))
        .get("items")
        .findValues("seq")
        .stream()
        .map(JsonNode::longValue)
        .toList();
  }

  private int mentions(UUID user) {
    return chat.ask(user, "conversation.get", "{'conversation':'" + group + "'}")
        .at("/me/mentions")
        .intValue();
  }

  private JsonNode get(long seq) {
    return chat.ask(other, "message.get", target(seq, ""));
  }

  private String target(long seq, String more) {
    return "{'conversation':'%s','seq':%d%s}".formatted(group, seq, more);
  }

  private static UUID named(String who) {
    return switch (who) {
      case "owner" -> owner;
      case "admin" -> admin;
      case "member" -> member;
      case "other" -> other;
      default -> stranger;
    };
  }
}
