package io.magpie.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names one process for good. A pid alone does not: the kernel uses it again. The boot and the
 * start time in clock ticks since that boot make it unique, and unlike a wall-clock start time they
 * do not move when the clock is set.
 *
 * @param pid the process id
 * @param bootId the kernel's id of this boot
 * @param startTicks field 22 of {@code /proc/PID/stat}
 * @param command the short name of the executable, at most 15 characters
 */
record ProcessMark(long pid, String bootId, long startTicks, String command) {
  private static final Path PROC = Path.of("/proc");

  /** The process that has this pid now, unless there is none or it is dead and not yet reaped. */
  static Optional<ProcessMark> ofRunning(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // The name is in parentheses and may itself hold spaces and parentheses.
      int nameEnds = stat.lastIndexOf(')');
      String[] fields = stat.substring(nameEnds + 2).strip().split(" ");
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      String name = stat.substring(stat.indexOf('(') + 1, nameEnds);
      return Optional.of(new ProcessMark(pid, currentBootId(), Long.parseLong(fields[19]), name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads a mark; an unreadable or half-written one names no process. */
  static Optional<ProcessMark> read(Path file) {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 4);
      return parts.length == 4
          ? Optional.of(
              new ProcessMark(
                  Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]), parts[3]))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Files.writeString(file, pid + " " + bootId + " " + startTicks + " " + command + "\n");
  }

  /** The same process under the name it has once it has become what it was started for. */
  ProcessMark as(String expectedCommand) {
    return new ProcessMark(pid, bootId, startTicks, expectedCommand);
  }

  /** Whether exactly this process, not a later one with its pid, still runs this command. */
  boolean isRunning() {
    return ofRunning(pid).filter(this::equals).isPresent();
  }

  private static String currentBootId() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }
}
