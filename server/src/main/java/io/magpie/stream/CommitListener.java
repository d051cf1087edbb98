package io.magpie.stream;

import java.util.List;

/** Hears of events after their commit; those of one stream come in order within a call. */
@FunctionalInterface
public interface CommitListener {
  void committed(List<Event> events);
}
