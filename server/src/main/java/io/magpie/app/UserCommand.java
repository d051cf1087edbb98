package io.magpie.app;

import io.magpie.access.Role;
import io.magpie.identity.Link;
import io.magpie.identity.NewUser;
import io.magpie.identity.UserSetup;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.Texts;
import io.magpie.protocol.Timestamps;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code user add [--super-admin] NAME [--display-name NAME]} and {@code user link NAME}: print a
 * single-use link with which the person sets a password. Needs the migrated database and no running
 * server; blocks until done, at most {@value #SECONDS} s.
 */
public final class UserCommand {
  static final String USAGE =
      """
      user add [--super-admin] NAME [--display-name NAME]   make a user
      user link NAME                                        a new link for a user
      Both print a link that sets the password, works once and ends after seven days.""";

  private static final int SECONDS = 30;

  private final String postgresUri;
  private final String origin;
  private final PrintStream out;

  /**
   * @param postgresUri of the application's role
   * @param origin where people open the web app, without a slash at the end
   */
  public UserCommand(String postgresUri, String origin, PrintStream out) {
    this.postgresUri = postgresUri;
    this.origin = origin;
    this.out = out;
  }

  /**
   * Does what the words after {@code user} say.
   *
   * @throws StartFailure with a sentence for whoever typed them
   */
  public void run(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    String verb = rest.isEmpty() ? "" : rest.remove(0);
    switch (verb) {
      case "add" -> add(rest);
      case "link" -> {
        String name = only(rest);
        print(name, with(setup -> setup.link(name)));
      }
      default -> throw usage("");
    }
  }

  private void add(List<String> words) {
    Role role = words.remove("--super-admin") ? Role.SUPER_ADMIN : Role.EMPLOYEE;
    String displayName = option(words, "--display-name");
    String name = only(words);
    if (!Texts.plainLine(displayName) || Texts.codePoints(displayName) > 64) {
      throw usage("A display name has 1 to 64 characters on one line. ");
    }
    String username = name.toLowerCase(Locale.ROOT);
    NewUser user =
        new NewUser(username, displayName.isBlank() ? name : displayName.strip(), "", "", role);
    print(username, with(setup -> setup.add(user)));
  }

  private static String option(List<String> words, String name) {
    int at = words.indexOf(name);
    if (at < 0) {
      return "";
    }
    if (at + 1 == words.size()) {
      throw usage(name + " needs a value. ");
    }
    words.remove(at);
    return words.remove(at);
  }

  private static String only(List<String> words) {
    if (words.size() != 1 || words.get(0).startsWith("-")) {
      throw usage("");
    }
    return words.get(0);
  }

  private static StartFailure usage(String why) {
    return new StartFailure("usage", why + "Usage:\n" + USAGE);
  }

  private void print(String name, Link link) {
    out.println("Open this once before " + Timestamps.format(link.expiresAt()) + " to set the");
    out.println("password of " + name + ":");
    out.println(link.link());
  }

  private interface Work {
    Future<Link> start(UserSetup setup);
  }

  private Link with(Work work) {
    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, postgresUri, 1);
    try {
      return get(work.start(new UserSetup(database, Clock.systemUTC(), origin)));
    } finally {
      // One after the other: a future of the pool's event loop never ends once that loop is gone.
      get(database.stop());
      get(vertx.close());
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestError refused) {
        throw new StartFailure(
            refused.code().code().replace('_', '-'), refused.getMessage(), refused);
      }
      throw new StartFailure("database-failed", "The database did not do it.", e.getCause());
    } catch (TimeoutException e) {
      throw new StartFailure("database-failed", "The database does not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted", "Interrupted.", e);
    }
  }
}
