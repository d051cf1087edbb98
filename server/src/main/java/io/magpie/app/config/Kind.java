package io.magpie.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The type of a setting.
 *
 * @param name as the documentation calls it
 * @param allowed completes the sentence "allowed is …"
 * @param isSecret whether its value must not be shown
 * @param isList whether no text is a value, the empty list, instead of none
 * @param parser gives the value or throws {@link IllegalArgumentException}
 */
record Kind<T>(
    String name, String allowed, boolean isSecret, boolean isList, Function<String, T> parser) {
  static <T> Kind<T> of(String name, String allowed, Function<String, T> parser) {
    return new Kind<>(name, allowed, false, false, parser);
  }

  Kind<T> secret() {
    return new Kind<>(name, allowed, true, isList, parser);
  }

  static <T> Kind<List<T>> listOf(String name, String allowed, Function<String, T> parser) {
    return new Kind<>(
        name,
        allowed,
        false,
        true,
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(parser)
                .toList());
  }
}
