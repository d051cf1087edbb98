package io.magpie.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Old state + events = state read anew, for every kind of event: what a client knows after a
 * snapshot and the events behind it is what the server would tell it.
 */
class ReplayIT {
  private static final int STEPS = 120;
  private static final Set<String> SEEN = new HashSet<>();

  private static ChatForTests chat;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("replay");
  }

  @AfterAll
  static void close() {
    chat.close();
    assertThat(SEEN)
        .contains(
            "conversation.updated",
            "member.added",
            "member.removed",
            "member.updated",
            "message.sent",
            "message.edited",
            "message.recalled",
            "message.reacted",
            "message.unreacted",
            "message.pinned",
            "message.unpinned",
            "settings.changed",
            "draft.changed",
            "position.moved");
  }

  @RepeatedTest(3)
  void any_history_replayed_on_any_snapshot_is_what_is_read(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    UUID me = chat.person("我");
    List<UUID> others = List.of(chat.person("甲"), chat.person("乙"), chat.person("丙"));
    UUID group = chat.group(me, others.get(0), others.get(1));
    RandomActs acts = new RandomActs(chat, random, group, me, others);
    for (int i = 0; i < STEPS / 4; i++) {
      acts.act();
    }
    ClientState state = ClientState.read(chat, me, group);
    for (int i = 0; i < STEPS; i++) {
      acts.act();
      if (i % 15 == 14) {
        for (Event event : news(me, group, state)) {
          SEEN.add(event.kind());
          state.apply(event);
        }
        assertThat(state.shown()).isEqualTo(ClientState.read(chat, me, group).shown());
      }
    }
  }

  private static List<Event> news(UUID me, UUID group, ClientState state) {
    List<Event> events = new ArrayList<>(chat.events(me, group, state.cursor(group)));
    events.addAll(chat.events(me, me, state.cursor(me)));
    return events;
  }
}
