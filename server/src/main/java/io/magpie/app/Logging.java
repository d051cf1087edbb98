package io.magpie.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.magpie.app.config.LogConfig;
import org.slf4j.LoggerFactory;

/**
 * The log goes to standard error: one line a record, as text or JSON. Control characters in
 * messages and values are escaped in both, so nobody can forge a line (S-I18).
 */
final class Logging {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24}"
          + " %replace(%msg %kvp){'[\\r\\n\\u001b]', ' '}%n%ex{20}";

  private Logging() {}

  static void configure(LogConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(config.json() ? json(context) : text(context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    OutOfMemory memory = new OutOfMemory(OutOfMemory::halt);
    memory.setContext(context);
    memory.start();
    root.addAppender(memory);
    root.setLevel(Level.WARN);
    // A port that is taken is told as a sentence; that CP structures are off is known and wanted.
    context.getLogger("com.hazelcast.instance.AddressPicker").setLevel(Level.OFF);
    context.getLogger("com.hazelcast.cp.CPSubsystem").setLevel(Level.ERROR);
    context.getLogger("io.magpie").setLevel(Level.toLevel(config.level()));
    // Errors of connections that nobody listens to yet: every one of them is told by PubSub as
    // well.
    context.getLogger("io.vertx.redis.client.impl.RedisConnectionManager").setLevel(Level.OFF);
    context.getLogger("magpie").setLevel(Level.toLevel(config.level()));
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
