package io.magpie.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the settings file: {@code KEY=value} lines in UTF-8, as Java's properties. */
final class ConfigFile {
  private ConfigFile() {}

  /** The keys and texts of the file; what is wrong with it is added to {@code problems}. */
  static Map<String, String> read(Path file, List<String> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      problems.add("The settings file " + file + " cannot be read.");
    } catch (IllegalArgumentException e) { // a broken \\u escape
      problems.add("The settings file " + file + " is not KEY=value lines.");
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    if (texts.containsKey(SettingsTable.CONFIG.key())) {
      problems.add(SettingsTable.CONFIG.key() + " cannot stand in the settings file itself.");
    }
    return texts;
  }
}
