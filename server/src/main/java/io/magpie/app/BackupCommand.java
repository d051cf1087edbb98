package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.config.Secret;
import io.magpie.app.embedded.RunningServices;
import io.magpie.backup.Backup;
import io.magpie.backup.BackupFailure;
import io.magpie.backup.Check;
import io.magpie.backup.Restore;
import io.magpie.backup.Verifier;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code backup}, {@code restore} and {@code verify}. Backing up and verifying go on beside a
 * running server, also on the embedded database; restoring needs a database that nobody uses.
 */
public final class BackupCommand {
  static final String USAGE =
      """
      backup FILE|FOLDER                      copy everything into one file; the server may run
      restore FILE [--replace] [--accept-findings]
                                              put a backup into an empty database
      verify FILE                             read a backup through
      verify                                  look whether the rows of the database fit together""";

  private final Config config;
  private final PrintStream out;

  public BackupCommand(Config config, PrintStream out) {
    this.config = config;
    this.out = out;
  }

  /**
   * Does what the words say, the command itself first.
   *
   * @throws StartFailure with a sentence for whoever typed them
   */
  public void run(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    String verb = rest.remove(0);
    try {
      switch (verb) {
        case "backup" -> backup(only(rest));
        case "restore" -> restore(rest);
        case "verify" -> verify(rest);
        default -> throw usage();
      }
    } catch (BackupFailure failure) {
      throw new StartFailure(failure.code(), failure.getMessage(), failure);
    }
  }

  private void backup(Path place) {
    Path made =
        reading(
            uri ->
                new Backup(
                        Clock.systemUTC(),
                        ServerInfo.buildVersion(),
                        out::println,
                        System::nanoTime)
                    .take(uri, place));
    out.println(made);
    out.println(
        "Keep it as safe as the database: it holds all messages and the hashes of passwords and"
            + " keys. Settings and the keys of tokens are not in it.");
  }

  private void restore(List<String> words) {
    Restore.Options options =
        new Restore.Options(words.remove("--replace"), words.remove("--accept-findings"));
    Path file = only(words);
    try (Services services = Services.open(config.services())) {
      String owner = services.endpoints().postgresOwnerUri();
      if (owner.isEmpty()) {
        throw new StartFailure(
            "owner-uri-missing",
            "A restore makes tables: set MAGPIE_POSTGRES_OWNER_URI to the owner's role.");
      }
      new Restore(out::println, System::nanoTime).run(file, owner, options);
      if (!config.services().embedded()) { // the embedded one keeps nothing
        out.println(
            RedisKeys.clear(config.services().redis().settings(services.endpoints().redisUri())));
      }
    }
    out.println(
        "The database has a new epoch: everybody logs in again, and clients read anew. Passwords,"
            + " keys of apps and disabled accounts are those of the backup: repeat what was changed"
            + " since.");
  }

  private void verify(List<String> words) {
    if (!words.isEmpty()) {
      Check.backup(only(words), out::println, System::nanoTime);
      return;
    }
    List<Verifier.Finding> findings = reading(uri -> Verifier.verify(uri, out::println));
    if (!findings.isEmpty()) {
      throw new StartFailure("findings", "The rows of the database do not fit together.");
    }
  }

  /** The database as it is: a server that runs on the embedded one keeps it. */
  private <T> T reading(Function<String, T> work) {
    if (!config.services().embedded()) {
      return work.apply(
          config
              .services()
              .postgres()
              .ownerUri()
              .or(config.services().postgres()::uri)
              .map(Secret::value)
              .orElseThrow());
    }
    Path directory = config.services().dataDir();
    if (!RunningServices.exist(directory)) {
      throw new StartFailure(
          "nothing-to-back-up",
          "There is no database in " + directory.toAbsolutePath() + ". Set MAGPIE_DATA_DIR.");
    }
    Optional<String> running = RunningServices.postgresOwnerUri(directory);
    if (running.isPresent()) {
      return work.apply(running.get());
    }
    try (Services services = Services.open(config.services())) {
      return work.apply(services.endpoints().postgresOwnerUri());
    }
  }

  private static Path only(List<String> words) {
    if (words.size() != 1 || words.get(0).startsWith("-") || words.get(0).isBlank()) {
      throw usage();
    }
    return Path.of(words.get(0));
  }

  private static StartFailure usage() {
    return new StartFailure("usage", "Usage:\n" + USAGE);
  }
}
