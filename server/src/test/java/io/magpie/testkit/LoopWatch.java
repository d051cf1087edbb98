package io.magpie.testkit;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * I14: hears what Vert.x says of event loops of this JVM that were blocked for longer than it
 * allows (2 s). A loop that waited for a CPU for half of that time was not blocked by what it did:
 * the machine is too busy to judge, which is printed and fails nobody.
 */
final class LoopWatch extends AppenderBase<ILoggingEvent> {
  private static final Pattern BLOCKED =
      Pattern.compile("eventloop-thread.* has been blocked for (\\d+) ms");
  private static final LoopWatch ONLY = new LoopWatch();

  private final List<String> blocks = new CopyOnWriteArrayList<>();
  private final CpuWaits waits = new CpuWaits("vert.x-eventloo");

  private LoopWatch() {
    setName("loop-watch");
  }

  /** Listens from now on; how many blocks there were so far. */
  static int begin() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    synchronized (ONLY) {
      if (!ONLY.isStarted()) {
        ONLY.setContext(context);
        ONLY.start();
        ONLY.waits.start();
      }
      var logger = context.getLogger("io.vertx");
      if (logger.getAppender(ONLY.getName()) == null) {
        logger.addAppender(ONLY); // again after somebody has reset the logging
      }
    }
    return ONLY.blocks.size();
  }

  /** Fails where an event loop was blocked since {@link #begin} gave this number. */
  static void check(int begun) {
    List<String> since = ONLY.blocks.subList(begun, ONLY.blocks.size());
    if (!since.isEmpty()) {
      throw new AssertionError("an event loop was blocked: " + since.get(0));
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Matcher said = BLOCKED.matcher(event.getFormattedMessage());
    if (!said.find()) {
      return;
    }
    Duration blocked = Duration.ofMillis(Long.parseLong(said.group(1)));
    Duration waited = waits.longest(blocked.plusSeconds(1));
    if (waited.multipliedBy(2).compareTo(blocked) < 0) {
      blocks.add(event.getFormattedMessage());
    } else {
      System.err.println(
          "not judged, since it waited " + waited + " for a CPU: " + event.getFormattedMessage());
    }
  }
}
