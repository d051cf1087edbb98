package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
  @Test
  void comes_back_as_it_was_within_the_length_of_the_contract() {
    UUID id = UUID.randomUUID();
    String cursor = PageCursor.of("𠮷".repeat(64), id);
    assertThat(cursor).hasSizeLessThanOrEqualTo(512).matches("[A-Za-z0-9_-]+");
    assertThat(PageCursor.<List<String>>read(cursor, keys -> keys))
        .containsExactly("𠮷".repeat(64), id.toString());
  }

  @Test
  void times_come_back_to_the_microsecond() {
    Instant time = Instant.parse("2026-01-31T08:15:30.123456Z");
    Instant back = PageCursor.read(PageCursor.of(time), keys -> PageCursor.time(keys.get(0)));
    assertThat(back).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-01-01T00:00:00Z",
        "x",
        "",
        "1969-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z"
      })
  void times_outside_of_what_is_stored_are_refused(String key) {
    refused(PageCursor.of(key), keys -> PageCursor.time(keys.get(0)));
  }

  @Test
  void what_cannot_be_stored_or_has_too_few_keys_is_refused() {
    refused(PageCursor.of("a\u0000b"), keys -> keys.get(0));
    refused(PageCursor.of("a"), keys -> keys.get(1));
    refused("A", keys -> keys.get(0));
    String text = "1969\n" + UUID.randomUUID();
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    refused(forged, keys -> PageCursor.time(keys.get(0)));
  }

  private static void refused(String cursor, Function<List<String>, Object> read) {
    assertThatThrownBy(() -> PageCursor.read(cursor, read))
        .isInstanceOfSatisfying(
            RequestError.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_FIELD));
  }
}
