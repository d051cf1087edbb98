package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "👍🏽",
        "❤",
        "❤️",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🇨🇳",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "1️⃣",
        "#⃣",
        "🥲",
        "🫡",
        "☺️",
        "㊗",
        "ok",
        "thumbs_up",
        "🧑🏽‍❤️‍💋‍🧑🏿"
      })
  void one_emoji_or_a_short_name_is_a_reaction(String text) {
    assertThat(Emoji.FORM.matcher(text).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "👍👍",
        "👍 ",
        "A",
        "OK",
        "1",
        "字",
        "a b",
        "<b>",
        "👍\u0301",
        "\u200d",
        "👍\u200d",
        "\ufe0f",
        "🇨",
        "\ud83d",
        "\u0000",
        "é",
        "_x",
        "\u202e",
        "👍\u200d\u200d👍"
      })
  void anything_else_is_none(String text) {
    assertThat(Emoji.FORM.matcher(text).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 40, 10_000})
  void no_length_makes_it_slow(int parts) {
    String long1 = "👨" + "\u200d👨".repeat(parts);
    assertThat(Emoji.FORM.matcher(long1).matches()).isFalse();
    assertThat(Emoji.FORM.matcher("a".repeat(32 + parts)).matches()).isFalse();
  }
}
