package io.magpie.app;

import io.magpie.app.config.CommandLine;
import io.magpie.app.config.Config;
import io.magpie.app.embedded.ParentWatch;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What the arguments ask for: serve, a command, or help. */
public final class Program {
  private static final String HELP =
      """
      Magpie (鹊桥), a messaging server.

        java -jar magpie.jar                     serve
        java -jar magpie.jar user add NAME       make a user; prints a single-use link
             [--super-admin] [--display-name TEXT]
        java -jar magpie.jar user link NAME      a new link for a user
        java -jar magpie.jar backup FILE|FOLDER  copy everything into one file, while it runs
        java -jar magpie.jar restore FILE        put a backup into an empty database
        java -jar magpie.jar verify [FILE]       look through the database, or a backup
        java -jar magpie.jar services FILE       only the embedded PostgreSQL and Redis; writes
                                                 the settings for nodes into FILE
        java -jar magpie.jar help | version

      --config FILE reads settings from a file; docs/settings.md lists them all.
      """;

  private Program() {}

  /**
   * Does it.
   *
   * @return the exit code; 0 for a server that is running or has ended as it should
   */
  public static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
    ParentWatch.startIfAsked();
    try {
      CommandLine commandLine = CommandLine.parse(arguments);
      List<String> words = commandLine.words();
      String command = words.isEmpty() ? "serve" : words.get(0);
      return run(command, words, () -> config(environment, commandLine), out);
    } catch (StartFailure failure) {
      System.err.println(failure.getMessage() + " [" + failure.code() + "]");
      return 1;
    } catch (RuntimeException accident) {
      LoggerFactory.getLogger(Program.class).error("the start failed", accident);
      System.err.println("Magpie could not start; the log above has the reason.");
      return 1;
    }
  }

  private static Config config(Map<String, String> environment, CommandLine commandLine) {
    Config config = Config.load(environment, commandLine);
    Logging.configure(config.log());
    return config;
  }

  private static int run(
      String command, List<String> words, Supplier<Config> config, PrintStream out) {
    switch (command) {
      case "help", "--help", "-h" -> out.print(HELP);
      case "version", "--version" -> out.println("magpie " + ServerInfo.buildVersion());
      case "serve" -> {
        if (words.size() > 1) {
          throw unknown(words);
        }
        serve(config.get(), out);
      }
      case "backup", "restore", "verify" -> new BackupCommand(config.get(), out).run(words);
      case "services" -> {
        return new ServicesCommand(config.get(), out).run(words.subList(1, words.size()));
      }
      case "user" -> user(words.subList(1, words.size()), config.get(), out);
      default -> throw unknown(words);
    }
    return 0;
  }

  private static StartFailure unknown(List<String> words) {
    return new StartFailure(
        "arguments", "There is no command " + String.join(" ", words) + ".\n" + HELP);
  }

  /**
   * People of a database of one's own. The embedded one belongs to its server while that runs and
   * has the demo people.
   */
  private static void user(List<String> words, Config config, PrintStream out) {
    String origin = Listeners.origin(config.http());
    try (Services services = Services.open(config.services())) {
      Application.migrate(services);
      new UserCommand(services.endpoints().postgresUri(), origin, out).run(words);
    }
  }

  private static void serve(Config config, PrintStream out) {
    OutOfMemory.watchThreads();
    long begun = System.nanoTime();
    out.println("Starting Magpie …");
    Application application = Application.start(config);
    Exit.after(
        () -> {
          out.println("Stopping …");
          application.close();
          out.println("Stopped.");
        });
    application.handOver();
    application.dispossessed().onSuccess(gone -> Exit.with(Exit.NODE_ID_TAKEN));
    Banner.print(out, application, config, System.nanoTime() - begun);
  }
}
