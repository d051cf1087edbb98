package io.magpie.storage;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Turns what is thrown while a future is made into a failed future. */
public final class Failing {
  private Failing() {}

  /** Calls {@code make}; an exception becomes the failure of the returned future. */
  public static <T> Future<T> call(Supplier<Future<T>> make) {
    try {
      return make.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
