package io.magpie.app;

import io.magpie.app.config.LogConfig;
import io.magpie.gateway.Failures;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process whose memory is used up in the place that its argument names. */
public final class OutOfMemoryMain {
  private static final List<Object> HELD = new ArrayList<>();

  private OutOfMemoryMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(new LogConfig(false, "info"));
    OutOfMemory.watchThreads();
    Vertx vertx = Vertx.vertx();
    switch (arguments[0]) {
      case "direct-on-event-loop" -> vertx.runOnContext(go -> direct());
      case "heap-on-thread" -> new Thread(OutOfMemoryMain::heap, "hungry").start();
      case "in-a-request" -> {
        try {
          direct();
        } catch (OutOfMemoryError e) {
          Failures.body(new IllegalStateException("a wrapped one", e), "test");
        }
      }
      case "other" -> vertx.runOnContext(go -> later(vertx));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    new CountDownLatch(1).await();
  }

  private static void later(Vertx vertx) {
    vertx.setTimer(500, timer -> System.exit(9));
    Future.failedFuture("x").onFailure(e -> Failures.body(e, "test"));
    throw new IllegalStateException("an ordinary accident");
  }

  private static void direct() {
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    while (true) {
      ByteBuf buffer = allocator.directBuffer(1 << 20);
      HELD.add(buffer);
    }
  }

  private static void heap() {
    while (true) {
      HELD.add(new byte[8 << 20]);
    }
  }
}
