package io.magpie.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/stat}.
 *
 * @param name of the program, 15 characters at most
 * @param ticks of CPU that it has used, its ended children included; 100 a second
 * @param residentPages memory of it that is in use
 */
record Stat(long pid, String name, long parent, long ticks, long residentPages) {
  static Optional<Stat> of(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
      return Optional.of(parse(pid, new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty(); // ended
    }
  }

  /** The name is in parentheses and may have any in itself: the last one ends it. */
  static Stat parse(long pid, String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    String[] fields = line.substring(close + 2).trim().split(" ");
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return new Stat(
        pid,
        line.substring(open + 1, close),
        Long.parseLong(fields[1]),
        ticks,
        Long.parseLong(fields[21]));
  }
}
