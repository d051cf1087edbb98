package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShortCacheTest {
  private final TestClock clock = new TestClock();
  private final ShortCache<String, Integer> cache =
      new ShortCache<>(clock, Duration.ofSeconds(5), 2);

  @Test
  void an_entry_lives_as_long_as_it_may() {
    cache.put(cache.generation(), "a", 1);
    clock.advance(Duration.ofMillis(4_999));
    assertThat(cache.get("a")).contains(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void a_clock_set_back_does_not_keep_an_entry() {
    cache.put(cache.generation(), "a", 1);
    clock.advance(Duration.ofHours(-1));
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void the_oldest_leaves_when_it_is_full() {
    cache.put(cache.generation(), "a", 1);
    cache.put(cache.generation(), "b", 2);
    cache.put(cache.generation(), "a", 3);
    cache.put(cache.generation(), "c", 4);
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.get("a")).contains(3);
    assertThat(cache.get("c")).contains(4);
  }

  @Test
  void what_was_read_before_a_removal_is_not_put_after_it() {
    long before = cache.generation();
    cache.remove("a");
    cache.put(before, "a", 1);
    assertThat(cache.get("a")).isEmpty();
  }
}
