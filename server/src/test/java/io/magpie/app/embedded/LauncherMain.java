package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A server that is nothing but its embedded services, for tests that kill it, interrupt it or start
 * it where it cannot start. Says {@code ready POSTGRES_PID REDIS_PID OWNER_URI}, and {@code
 * stopped} at the end of a clean shutdown.
 */
public final class LauncherMain {
  static final int CANNOT_START = 3;

  /** System property: stay as a server is whose services run while the rest is being started. */
  static final String UNFINISHED = "magpie.test.unfinished";

  private LauncherMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.startIfAsked();
    try {
      run(Path.of(arguments[0]));
    } catch (StartFailure failure) {
      System.err.println(failure.code() + ": " + failure.getMessage());
      System.exit(CANNOT_START);
    }
    new CountDownLatch(1).await();
  }

  private static void run(Path path) {
    DataDirectory directory = DataDirectory.open(path);
    EmbeddedServices services = EmbeddedServices.start(directory);
    if (!Boolean.getBoolean(UNFINISHED)) {
      closeAtTheEnd(services, directory);
    }
    System.out.println(
        "ready "
            + services.postgresPid()
            + " "
            + services.redisPid()
            + " "
            + services.endpoints().postgresOwnerUri());
  }

  private static void closeAtTheEnd(EmbeddedServices services, DataDirectory directory) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.println("stopping");
                  services.close();
                  directory.close();
                  System.out.println("stopped");
                }));
    services.handOver();
  }
}
