package io.magpie.stream;

import java.time.Instant;
import java.util.UUID;

/** {@code Written} of the contract: the answer to a change. */
public record WrittenBody(UUID stream, long seq, Instant at) {

  public static WrittenBody of(Written written) {
    return new WrittenBody(written.stream(), written.seq(), written.at());
  }
}
