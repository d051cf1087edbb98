package io.magpie.app.config;

import io.magpie.app.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of the program.
 *
 * @param configFile from {@code --config FILE} or {@code --config=FILE}
 * @param words everything else, in order: a command and its options
 */
public record CommandLine(Optional<Path> configFile, List<String> words) {
  private static final String OPTION = "--config";

  /**
   * Takes the arguments apart.
   *
   * @throws StartFailure {@code arguments} when {@code --config} comes without a file
   */
  public static CommandLine parse(String... arguments) {
    Optional<Path> file = Optional.empty();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.startsWith(OPTION + "=")) {
        file = Optional.of(Path.of(argument.substring(OPTION.length() + 1)));
      } else if (!argument.equals(OPTION)) {
        words.add(argument);
      } else if (++i < arguments.length) {
        file = Optional.of(Path.of(arguments[i]));
      } else {
        throw new StartFailure("arguments", OPTION + " needs the name of a file.");
      }
    }
    return new CommandLine(file, List.copyOf(words));
  }
}
