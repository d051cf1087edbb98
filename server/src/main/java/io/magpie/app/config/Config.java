package io.magpie.app.config;

import io.magpie.app.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All settings of a server, checked.
 *
 * @param http the port that people reach
 * @param management the port of operators
 * @param node this node among the others
 * @param cluster how the nodes are joined to each other
 * @param services PostgreSQL, Redis and where the embedded ones keep their data
 * @param tokens keys and lives of tokens
 * @param demoPassword fixes the passwords of the demo people, for tests
 * @param log what the log looks like
 * @param limits what clients may do
 * @param drain how the node stops
 */
public record Config(
    HttpConfig http,
    ManagementConfig management,
    NodeConfig node,
    ClusterConfig cluster,
    ServicesConfig services,
    TokenConfig tokens,
    Optional<Secret> demoPassword,
    LogConfig log,
    Limits limits,
    DrainConfig drain) {
  private static final String PREFIX = "MAGPIE_";

  /**
   * Reads environment and file.
   *
   * @param environment all of it; keys that do not start with {@code MAGPIE_} are not ours
   * @param commandLine may name the file
   * @throws StartFailure {@code settings} with every problem, one a line
   */
  public static Config load(Map<String, String> environment, CommandLine commandLine) {
    List<String> problems = new ArrayList<>();
    Map<String, String> own = new TreeMap<>(environment);
    own.keySet().removeIf(key -> !key.startsWith(PREFIX));
    Map<String, String> texts = new TreeMap<>();
    file(own, commandLine).ifPresent(file -> texts.putAll(ConfigFile.read(file, problems)));
    texts.putAll(own);
    problems.addAll(unknown(texts));
    Values values = Values.parse(texts, problems);
    problems.addAll(Contradictions.in(values));
    if (!problems.isEmpty()) {
      throw new StartFailure(
          "settings",
          "Magpie cannot start with these settings:\n  " + String.join("\n  ", problems));
    }
    return from(values);
  }

  private static Optional<Path> file(Map<String, String> environment, CommandLine commandLine) {
    return commandLine
        .configFile()
        .or(() -> Optional.ofNullable(environment.get(SettingsTable.CONFIG.key())).map(Path::of));
  }

  private static List<String> unknown(Map<String, String> texts) {
    List<String> known = SettingsTable.rows().stream().map(Setting::key).toList();
    return texts.keySet().stream()
        .filter(key -> !known.contains(key))
        .map(
            key ->
                key
                    + " is not a setting."
                    + Spelling.nearest(full(key), known)
                        .map(nearest -> " Did you mean " + nearest + "?")
                        .orElse(" docs/settings.md lists them all."))
        .toList();
  }

  private static String full(String key) {
    String upper = key.toUpperCase(Locale.ROOT).replace('.', '_');
    return upper.startsWith(PREFIX) ? upper : PREFIX + upper;
  }

  private static Config from(Values values) {
    return new Config(
        HttpConfig.from(values),
        ManagementConfig.from(values),
        NodeConfig.from(values),
        ClusterConfig.from(values),
        ServicesConfig.from(values),
        TokenConfig.from(values),
        values.find(SettingsTable.DEMO_PASSWORD),
        LogConfig.from(values),
        Limits.from(values),
        DrainConfig.from(values));
  }
}
