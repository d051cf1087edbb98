package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageHistoryIT {
  private static ChatForTests chat;
  private static UUID zhang;
  private static UUID li;
  private static UUID stranger;
  private static UUID group;

  /** Numbers of the listed messages, and of those in the thread of the first one. */
  private static final List<Long> LISTED = new ArrayList<>();

  private static final List<Long> THREAD = new ArrayList<>();

  @BeforeAll
  static void open() {
    chat = new ChatForTests("message_history");
    zhang = chat.person("张伟");
    li = chat.person("李娜");
    stranger = chat.person("陌生人");
    group = chat.group(zhang, li);
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      int kind = LISTED.isEmpty() ? 9 : random.nextInt(10);
      if (kind < 2) {
        THREAD.add(chat.send(li, group, "t" + i, ",'thread':" + LISTED.get(0)));
      } else if (kind < 4) {
        chat.ask(
            zhang,
            "conversation.update",
            "{'conversation':'%s','announcement':'a%d'}".formatted(group, i));
      } else {
        LISTED.add(chat.send(zhang, group, "m" + i));
      }
    }
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void every_window_agrees_with_a_naive_list() {
    long head = chat.events(zhang, group, 0).size();
    for (int limit : new int[] {1, 2, 7, 50, 200}) {
      check("", limit, Math.max(0, LISTED.size() - limit), LISTED.size());
      for (long pivot = 1; pivot <= head + 2; pivot++) {
        int below = below(pivot);
        int before = Math.max(0, below - limit);
        check(",'before':" + pivot, limit, before, below);
        int from = below(pivot + 1);
        check(",'after':" + pivot, limit, from, Math.min(LISTED.size(), from + limit));
        int half = limit / 2;
        check(
            ",'around':" + pivot,
            limit,
            Math.max(0, below - half),
            Math.min(LISTED.size(), below + limit - half));
      }
    }
  }

  @Test
  void messages_are_found_behind_hundreds_of_other_changes_and_times_outside() {
    UUID far = chat.group(zhang, li);
    long first = chat.send(zhang, far, "first");
    chat.ask(zhang, "member.remove", "{'conversation':'%s','user':'%s'}".formatted(far, li));
    for (int i = 0; i < 150; i++) {
      chat.ask(
          zhang,
          "conversation.update",
          "{'conversation':'%s','announcement':'%d'}".formatted(far, i));
    }
    chat.send(zhang, far, "not for li");
    chat.ask(zhang, "member.add", "{'conversation':'%s','users':['%s']}".formatted(far, li));
    long last = chat.send(zhang, far, "last");
    String asked = "{'conversation':'" + far + "'";
    assertThat(seqs(chat.ask(li, "message.history", asked + "}"))).containsExactly(first, last);
    JsonNode newest = chat.ask(li, "message.history", asked + ",'limit':1}");
    assertThat(seqs(newest)).containsExactly(last);
    assertThat(newest.get("hasBefore").booleanValue()).isTrue();
    JsonNode oldest = chat.ask(li, "message.history", asked + ",'limit':1,'after':0}");
    assertThat(seqs(oldest)).containsExactly(first);
    assertThat(oldest.get("hasAfter").booleanValue()).isTrue();
    assertThat(seqs(chat.ask(li, "message.history", asked + ",'after':" + first + "}")))
        .containsExactly(last);
    assertThat(seqs(chat.ask(li, "message.history", asked + ",'before':" + last + "}")))
        .containsExactly(first);
  }

  @Test
  void a_date_leads_to_the_first_message_at_or_after_it() {
    for (Event event : chat.events(zhang, group, 0)) {
      for (int shift : new int[] {-1, 0, 1}) {
        Instant at = event.at().plusMillis(shift);
        int from =
            (int)
                chat.events(zhang, group, 0).stream()
                    .filter(e -> LISTED.contains(e.seq()) && e.at().isBefore(at))
                    .count();
        check(",'at':'" + at + "'", 5, from, Math.min(LISTED.size(), from + 5));
      }
    }
    check(",'at':'1970-01-01T00:00:00Z'", 5, 0, 5);
    check(",'at':'2999-01-01T00:00:00Z'", 5, LISTED.size(), LISTED.size());
  }

  @Test
  void a_thread_is_read_in_both_directions_and_its_root_counts_it() {
    long root = LISTED.get(0);
    String thread = "{'conversation':'%s','seq':%d".formatted(group, root);
    assertThat(seqs(chat.ask(li, "message.thread", thread + ",'limit':200}"))).isEqualTo(THREAD);
    JsonNode first = chat.ask(li, "message.thread", thread + ",'after':0,'limit':2}");
    assertThat(seqs(first)).isEqualTo(THREAD.subList(0, 2));
    assertThat(first.get("hasAfter").booleanValue()).isTrue();
    assertThat(first.get("hasBefore").booleanValue()).isFalse();
    JsonNode message =
        chat.ask(li, "message.get", "{'conversation':'%s','seq':%d}".formatted(group, root));
    assertThat(message.get("replies").intValue()).isEqualTo(THREAD.size());
    assertThat(message.get("lastReplySeq").longValue()).isEqualTo(THREAD.get(THREAD.size() - 1));
    assertThat(
            chat.outcome(
                li,
                "message.thread",
                "{'conversation':'%s','seq':%d}".formatted(group, THREAD.get(0))))
        .isEqualTo("not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "message.history | {'conversation':'G','before':1,'after':2} | invalid_field",
        "message.history | {'conversation':'G','around':1,'at':'2026-01-01T00:00:00Z'} |"
            + " invalid_field",
        "message.history | {'conversation':'G','at':'yesterday'} | invalid_field",
        "message.history | {'conversation':'G','before':'1'} | invalid_field",
        "message.history | {'conversation':'G','after':-1} | invalid_field",
        "message.history | {'conversation':'G','limit':1.0} | invalid_field",
        "message.history | {'conversation':'G','sort':'name'} | unknown_field",
        "message.get | {'conversation':'G','seq':1} | not_found",
        "message.get | {'conversation':'G','seq':9999} | not_found",
        "message.get | {'conversation':'G'} | missing_field",
        "message.thread | {'conversation':'G','seq':1} | not_found",
        "pin.list | {'conversation':'G','cursor':'!!'} | invalid_field",
        "pin.list | {'conversation':'G','cursor':'YQ'} | invalid_field",
      })
  void refuses(String op, String params, String code) {
    assertThat(chat.outcome(zhang, op, params.replace("'G'", "'" + group + "'"))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "message.history | {'conversation':'G'}",
        "message.get | {'conversation':'G','seq':2}",
        "message.thread | {'conversation':'G','seq':2}",
        "pin.list | {'conversation':'G'}",
        "conversation.get | {'conversation':'G'}",
        "member.list | {'conversation':'G'}",
      })
  void strangers_find_nothing(String op, String params) {
    assertThat(chat.outcome(stranger, op, params.replace("'G'", "'" + group + "'")))
        .isEqualTo("not_found");
    assertThat(chat.outcome(stranger, op, params.replace("'G'", "'" + stranger + "'")))
        .isEqualTo("not_found");
  }

  private static int below(long pivot) {
    return (int) LISTED.stream().filter(seq -> seq < pivot).count();
  }

  private static void check(String where, int limit, int from, int to) {
    JsonNode page =
        chat.ask(
            zhang,
            "message.history",
            "{'conversation':'%s','limit':%d%s}".formatted(group, limit, where));
    assertThat(seqs(page)).as(where + " " + limit).isEqualTo(LISTED.subList(from, to));
    assertThat(page.get("hasBefore").booleanValue()).as(where).isEqualTo(from > 0);
    assertThat(page.get("hasAfter").booleanValue()).as(where).isEqualTo(to < LISTED.size());
  }

  private static List<Long> seqs(JsonNode page) {
    List<Long> seqs = new ArrayList<>();
    page.get("items").forEach(item -> seqs.add(item.get("seq").longValue()));
    return seqs;
  }
}
