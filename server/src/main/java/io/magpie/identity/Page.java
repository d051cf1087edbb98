package io.magpie.identity;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next where the following page begins, if there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** Of rows that were asked for with one more than {@code limit}. */
  static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, T> show, Function<R, String> cursor) {
    boolean more = rows.size() > limit;
    List<R> shown = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        shown.stream().map(show).toList(),
        more ? Optional.of(cursor.apply(shown.get(limit - 1))) : Optional.empty());
  }
}
