package io.magpie.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** On what a run was made. */
public final class Machine {
  private Machine() {}

  public static Map<String, String> look() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "processor",
        processors()
            + " × "
            + field("/proc/cpuinfo", "model name")
            + ", flags "
            + (field("/proc/cpuinfo", "flags").contains("avx512f") ? "with" : "without")
            + " AVX-512");
    machine.put("memory", field("/proc/meminfo", "MemTotal"));
    machine.put("Linux", System.getProperty("os.version"));
    machine.put("Java", Runtime.version().toString());
    machine.put("Node.js", output("node", "--version"));
    return machine;
  }

  /** All of the machine; the generator itself may use some. */
  private static long processors() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("processor")).count();
    } catch (IOException e) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).start();
      String text = new String(process.getInputStream().readAllBytes()).trim();
      return process.waitFor(5, TimeUnit.SECONDS) ? text : "unknown";
    } catch (IOException e) {
      return "none";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
