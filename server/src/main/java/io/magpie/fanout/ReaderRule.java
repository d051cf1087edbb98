package io.magpie.fanout;

import io.magpie.stream.Event;
import java.util.Optional;

/** Told by the features: which events change who reads. Pure and quick, asked for every event. */
@FunctionalInterface
public interface ReaderRule {
  Optional<ReaderChange> of(Event event);
}
