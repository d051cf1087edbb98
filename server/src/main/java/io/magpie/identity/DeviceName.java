package io.magpie.identity;

import java.util.List;
import java.util.Map;

/** A name for a device that did not give one, from its User-Agent: fixed words only. */
final class DeviceName {
  private static final List<Map.Entry<String, String>> PROGRAMS =
      List.of(
          Map.entry("MicroMessenger/", "WeChat"),
          Map.entry("DingTalk", "DingTalk"),
          Map.entry("Edg/", "Edge"),
          Map.entry("OPR/", "Opera"),
          Map.entry("Firefox/", "Firefox"),
          Map.entry("Chrome/", "Chrome"),
          Map.entry("Safari/", "Safari"),
          Map.entry("node", "Node.js"),
          Map.entry("curl/", "curl"));

  private static final List<Map.Entry<String, String>> SYSTEMS =
      List.of(
          Map.entry("iPhone", "iPhone"),
          Map.entry("iPad", "iPad"),
          Map.entry("Android", "Android"),
          Map.entry("Windows", "Windows"),
          Map.entry("Mac OS X", "macOS"),
          Map.entry("Linux", "Linux"));

  private DeviceName() {}

  static String of(String agent) {
    String program = first(PROGRAMS, agent);
    String system = first(SYSTEMS, agent);
    if (program.isEmpty() && system.isEmpty()) {
      return "Unknown device";
    }
    return program.isEmpty() || system.isEmpty() ? program + system : program + ", " + system;
  }

  private static String first(List<Map.Entry<String, String>> words, String agent) {
    return words.stream()
        .filter(word -> agent.contains(word.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
