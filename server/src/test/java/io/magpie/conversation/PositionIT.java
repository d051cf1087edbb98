package io.magpie.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.fanout.Signal;
import io.magpie.protocol.Json;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionIT {
  private static ChatForTests chat;
  private static UUID zhang;
  private static UUID li;
  private static UUID stranger;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("positions");
    zhang = chat.person("张伟");
    li = chat.person("李娜");
    stranger = chat.person("陌生人");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void positions_only_go_forward_and_not_past_the_head() {
    UUID me = chat.person("我");
    UUID group = chat.group(zhang, me);
    long first = chat.send(zhang, group, "1");
    long last = chat.send(zhang, group, "2");
    JsonNode there = move(me, group, ",'read':" + first);
    assertThat(there.get("read").longValue()).isEqualTo(first);
    assertThat(there.get("delivered").longValue()).isEqualTo(first);
    assertThat(there.get("unread").intValue()).isEqualTo(1);
    assertThat(move(me, group, ",'read':1").get("read").longValue()).isEqualTo(first);
    JsonNode far = move(me, group, ",'read':9000");
    assertThat(far.get("read").longValue()).isEqualTo(last);
    assertThat(far.get("unread").intValue()).isZero();
  }

  @Test
  void own_devices_hear_of_read_moves_and_others_of_both() {
    UUID me = chat.person("我");
    UUID group = chat.group(zhang, me);
    long seq = chat.send(zhang, group, "1");
    long inbox = chat.events(me, me, 0).size();
    chat.signals.clear();
    move(me, group, ",'delivered':" + seq);
    assertThat(chat.events(me, me, inbox)).isEmpty();
    move(me, group, ",'read':" + seq);
    move(me, group, ",'read':" + seq);
    assertThat(chat.events(me, me, inbox))
        .extracting(Event::kind)
        .containsExactly("position.moved");
    assertThat(chat.signals).hasSize(2);
    Signal last = chat.signals.get(1);
    assertThat(last.stream()).isEqualTo(group);
    assertThat(Json.readOwn(last.json()).get("read").longValue()).isEqualTo(seq);
  }

  @Test
  void delivery_alone_is_not_counted_and_does_not_wait_for_the_inbox() {
    UUID me = chat.person("我");
    UUID group = chat.group(zhang, me);
    long seq = chat.send(zhang, group, "1");
    Promise<Void> holding = Promise.promise();
    Promise<Void> end = Promise.promise();
    Future<Void> holder =
        chat.writer.change(
            Set.of(me),
            change -> {
              holding.complete();
              return end.future();
            });
    ChatForTests.await(holding.future());
    JsonNode there = move(me, group, ",'delivered':" + seq);
    assertThat(holder.isComplete()).isFalse();
    end.complete();
    ChatForTests.await(holder);
    assertThat(there.get("delivered").longValue()).isEqualTo(seq);
    assertThat(there.has("unread") || there.has("mentions")).isFalse();
    JsonNode own = own(me, group);
    assertThat(own.get("delivered").longValue()).isEqualTo(seq);
    assertThat(own.get("read").longValue()).isZero();
    assertThat(own.get("unread").intValue()).isEqualTo(1);
    assertThat(move(me, group, ",'delivered':1").get("delivered").longValue()).isEqualTo(seq);
    assertThat(move(me, group, ",'delivered':9000").get("delivered").longValue()).isEqualTo(seq);
  }

  @Test
  void moves_of_many_devices_at_once_end_at_the_furthest() {
    UUID me = chat.person("我");
    List<UUID> groups = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      groups.add(chat.group(zhang, me));
      for (int n = 0; n < 9; n++) {
        chat.send(zhang, groups.get(i), "x");
      }
    }
    Random random = new Random(5);
    List<Future<Object>> asked = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Collections.shuffle(groups, random);
      String kind = i % 3 == 0 ? "read" : "delivered";
      int furthest = kind.equals("read") ? 5 : 10;
      int to = i < 6 ? furthest : 1 + random.nextInt(furthest);
      String moves =
          groups.stream()
              .map(group -> "{'conversation':'%s','%s':%d}".formatted(group, kind, to))
              .collect(Collectors.joining(","));
      asked.add(chat.start(me, "position.update", "{'positions':[" + moves + "]}"));
    }
    asked.forEach(ChatForTests::await);
    for (UUID group : groups) {
      JsonNode own = own(me, group);
      assertThat(own.get("read").longValue()).isEqualTo(5);
      assertThat(own.get("delivered").longValue()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"read,read", "delivered,delivered", "delivered,read", "read,delivered"})
  void what_is_not_mine_stops_the_whole_batch(String here, String there) {
    UUID me = chat.person("我");
    UUID one = chat.group(zhang, me);
    UUID foreign = chat.group(zhang, li);
    long seq = chat.send(zhang, one, "1");
    String batch =
        "{'positions':[{'conversation':'%s','%s':%d},{'conversation':'%s','%s':1}]}"
            .formatted(one, here, seq, foreign, there);
    chat.signals.clear();
    assertThat(chat.outcome(me, "position.update", batch)).isEqualTo("not_found");
    assertThat(own(me, one).get("read").longValue()).isZero();
    assertThat(own(me, one).get("delivered").longValue()).isZero();
    assertThat(chat.signals).isEmpty();
  }

  @Test
  void one_batch_is_stored_as_a_whole_or_not_at_all() {
    UUID me = chat.person("我");
    UUID one = chat.group(zhang, me);
    UUID foreign = chat.group(zhang, li);
    long seq = chat.send(zhang, one, "1");
    String batch =
        "{'positions':[{'conversation':'%s','read':%d},{'conversation':'%s','read':1}]}"
            .formatted(one, seq, foreign);
    assertThat(chat.outcome(me, "position.update", batch)).isEqualTo("not_found");
    assertThat(own(me, one).get("unread").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "position.update | {} | missing_field",
        "position.update | {'positions':[]} | invalid_field",
        "position.update | {'positions':[{'conversation':'G'}]} | missing_field",
        "position.update | {'positions':[{'conversation':'G','read':0}]} | invalid_field",
        "position.update | {'positions':[{'conversation':'G','read':'1'}]} | invalid_field",
        "position.update | {'positions':[{'conversation':'G','read':1,'x':1}]} | unknown_field",
        "position.update | {'positions':[7]} | invalid_field",
        "position.list | {'conversation':'G','cursor':'eA'} | invalid_field",
        "typing.start | {'conversation':'G','for':1} | unknown_field",
        "typing.start | {} | missing_field",
        "draft.set | {'conversation':'G'} | missing_field",
        "draft.set | {'conversation':'G','text':'\\u0000'} | invalid_text",
        "conversation.settings | {'conversation':'G'} | missing_field",
        "conversation.settings | {'conversation':'G','muted':1} | invalid_field",
        "conversation.settings | {'conversation':'G','hidden':true} | unknown_field",
      })
  void refuses(String op, String params, String code) {
    UUID group = chat.group(zhang, li);
    assertThat(chat.outcome(zhang, op, params.replace("'G'", "'" + group + "'"))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "position.update | {'positions':[{'conversation':'G','read':1}]}",
        "position.list | {'conversation':'G'}",
        "typing.start | {'conversation':'G'}",
        "draft.set | {'conversation':'G','text':'x'}",
        "conversation.settings | {'conversation':'G','muted':true}",
        "conversation.leave | {'conversation':'G'}",
      })
  void strangers_find_nothing(String op, String params) {
    UUID group = chat.group(zhang, li);
    assertThat(chat.outcome(stranger, op, params.replace("'G'", "'" + group + "'")))
        .isEqualTo("not_found");
    assertThat(chat.outcome(stranger, op, params.replace("'G'", "'" + stranger + "'")))
        .isEqualTo("not_found");
    assertThat(chat.events(stranger, stranger, 0)).isEmpty();
  }

  @Test
  void unread_and_mentions_agree_with_a_naive_count_on_a_random_history() {
    UUID me = chat.person("我");
    UUID group = chat.group(zhang, me, li);
    Random random = new Random(11);
    List<Long> mine = new ArrayList<>();
    Set<Long> unread = new HashSet<>();
    Set<Long> mentioned = new HashSet<>();
    List<Long> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      switch (random.nextInt(8)) {
        case 0 -> mine.add(chat.send(me, group, "m", ",'mentions':{'users':['" + me + "']}"));
        case 1 -> {
          long seq =
              chat.send(zhang, group, "@", ",'mentions':{'all':true,'users':['" + me + "']}");
          unread.add(seq);
          mentioned.add(seq);
          others.add(seq);
        }
        case 2 -> {
          if (!others.isEmpty()) {
            mentioned.add(
                chat.send(
                    li,
                    group,
                    "t",
                    ",'thread':" + others.get(0) + ",'mentions':{'users':['" + me + "']}"));
          }
        }
        case 3 -> {
          if (!others.isEmpty()) {
            long seq = others.get(random.nextInt(others.size()));
            chat.ask(
                zhang, "message.recall", "{'conversation':'%s','seq':%d}".formatted(group, seq));
            unread.remove(seq);
            mentioned.remove(seq);
          }
        }
        case 4 -> {
          long read = 1 + random.nextInt(i + 1);
          JsonNode at = move(me, group, ",'read':" + read);
          unread.removeIf(seq -> seq <= at.get("read").longValue());
          mentioned.removeIf(seq -> seq <= at.get("read").longValue());
        }
        default -> {
          long seq = chat.send(random.nextBoolean() ? zhang : li, group, "x");
          unread.add(seq);
          others.add(seq);
        }
      }
      JsonNode own = own(me, group);
      assertThat(own.get("unread").intValue()).isEqualTo(unread.size());
      assertThat(own.get("mentions").intValue()).isEqualTo(mentioned.size());
    }
  }

  @Test
  void receipts_tell_who_has_read_been_delivered_or_neither() {
    UUID wang = chat.person("王芳");
    UUID late = chat.person("late");
    UUID chen = chat.person("陈杰");
    UUID group = chat.group(zhang, li, wang, chen);
    long seq = chat.send(zhang, group, "x");
    chat.ask(zhang, "member.add", "{'conversation':'%s','users':['%s']}".formatted(group, late));
    move(li, group, ",'read':" + seq);
    move(wang, group, ",'delivered':" + seq);
    String asked = "{'conversation':'%s','seq':%d".formatted(group, seq);
    JsonNode receipts = chat.ask(zhang, "message.receipts", asked + "}");
    assertThat(receipts.get("total").intValue()).isEqualTo(3);
    assertThat(receipts.get("readCount").intValue()).isEqualTo(1);
    assertThat(receipts.get("deliveredCount").intValue()).isEqualTo(2);
    Set<String> seen = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = chat.ask(zhang, "message.receipts", asked + ",'limit':1" + cursor + "}");
      assertThat(page.get("readCount").intValue()).isEqualTo(1);
      page.get("items")
          .forEach(i -> seen.add(i.at("/user/id").textValue() + " " + i.get("state").textValue()));
      cursor = page.has("next") ? ",'cursor':'" + page.get("next").textValue() + "'" : "";
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactlyInAnyOrder(li + " read", wang + " delivered", chen + " sent");
    JsonNode positions =
        chat.ask(zhang, "position.list", "{'conversation':'" + group + "'}").get("items");
    assertThat(positions).hasSize(5);
  }

  @Test
  void settings_and_drafts_are_told_to_own_devices_once() {
    UUID me = chat.person("我");
    UUID group = chat.group(zhang, me);
    long inbox = chat.events(me, me, 0).size();
    String settings = "{'conversation':'%s','muted':true,'archived':true}".formatted(group);
    chat.ask(me, "conversation.settings", settings);
    chat.ask(me, "conversation.settings", settings);
    String draft = "{'conversation':'%s','text':'未完','replyTo':1}".formatted(group);
    chat.ask(me, "draft.set", draft);
    chat.ask(me, "draft.set", draft);
    JsonNode own = own(me, group);
    assertThat(own.get("muted").booleanValue()).isTrue();
    assertThat(own.at("/draft/text").textValue()).isEqualTo("未完");
    chat.ask(me, "draft.set", "{'conversation':'%s','text':''}".formatted(group));
    assertThat(own(me, group).has("draft")).isFalse();
    assertThat(chat.events(me, me, inbox))
        .extracting(Event::kind)
        .containsExactly("settings.changed", "draft.changed", "draft.changed");
    assertThat(chat.ask(me, "conversation.list", "{}").get("items")).isEmpty();
    assertThat(chat.ask(me, "conversation.list", "{'archived':true}").get("items")).hasSize(1);
  }

  @Test
  void typing_passes_once_in_two_seconds() {
    UUID group = chat.group(zhang, li);
    chat.signals.clear();
    String typing = "{'conversation':'" + group + "'}";
    chat.ask(zhang, "typing.start", typing);
    chat.ask(zhang, "typing.start", typing);
    assertThat(chat.signals).hasSize(1);
    chat.ask(li, "typing.start", typing);
    chat.clock.advance(Duration.ofSeconds(2));
    chat.ask(zhang, "typing.start", typing);
    assertThat(chat.signals).hasSize(3).extracting(Signal::kind).containsOnly("typing");
  }

  private static JsonNode move(UUID user, UUID conversation, String where) {
    return chat.ask(
            user,
            "position.update",
            "{'positions':[{'conversation':'%s'%s}]}".formatted(conversation, where))
        .at("/positions/0");
  }

  private static JsonNode own(UUID user, UUID conversation) {
    return chat.ask(user, "conversation.get", "{'conversation':'" + conversation + "'}").get("me");
  }
}
