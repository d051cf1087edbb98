package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.fanout.FanOutModel.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every order in which up to four messages of two writers, their hints, polls, a reader's catch-up
 * and one cut can happen: the reader gets everything once and in order.
 */
class FanOutModelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void a_reader_gets_everything_once_and_in_order_whatever_happens_when(int messages) {
    for (int local = 0; local < 1 << messages; local++) {
      int writers = local;
      explore(
          messages,
          local,
          path -> {
            assertThat(replay(messages, writers, path).inOrder()).as("%s", path).isTrue();
            FanOutModel settled = replay(messages, writers, path).settle(true);
            assertThat(settled.complete()).as("%s: %s", path, settled).isTrue();
          });
    }
  }

  /** The model can fail: hints alone are not enough. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void without_polls_a_lost_hint_leaves_the_reader_behind(int messages) {
    List<List<Step>> behind = new ArrayList<>();
    explore(
        messages,
        0,
        path -> {
          if (!replay(messages, 0, path).settle(false).complete()) {
            behind.add(path);
          }
        });
    assertThat(behind).isNotEmpty();
  }

  private static FanOutModel replay(int messages, int local, List<Step> path) {
    FanOutModel model = new FanOutModel(messages, local);
    path.forEach(model::take);
    return model;
  }

  /** Visits each state that can be reached once, by one of the shortest ways to it. */
  private static void explore(int messages, int local, Consumer<List<Step>> visit) {
    Set<Object> seen = new HashSet<>();
    Deque<List<Step>> paths = new ArrayDeque<>(List.of(List.of()));
    while (!paths.isEmpty()) {
      List<Step> path = paths.poll();
      visit.accept(path);
      for (Step step : replay(messages, local, path).possible()) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        if (seen.add(replay(messages, local, longer).state())) {
          paths.add(longer);
        }
      }
    }
  }
}
