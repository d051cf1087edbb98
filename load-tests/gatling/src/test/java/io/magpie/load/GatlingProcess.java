package io.magpie.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gatling as a process of its own, as its Maven plugin starts it. */
final class GatlingProcess {
  private static final long LONGEST_MINUTES = 15;

  private GatlingProcess() {}

  /**
   * @param output both streams
   */
  record Result(int exit, String output) {}

  /**
   * Runs the simulation with these system properties ({@code name=value}) and waits for its end.
   */
  static Result run(String... properties) throws IOException, InterruptedException {
    Path results = Path.of(System.getProperty("gatling.results"));
    Path log = Files.createTempFile("magpie-gatling-", ".log");
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.java());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dfile.encoding=UTF-8");
    for (String property : properties) {
      command.add("-D" + property);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.gatling.app.Gatling", "-s", MagpieSimulation.class.getName()));
    command.addAll(List.of("-rf", results.toString(), "-rd", "acceptance"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Gatling did not end:\n" + Files.readString(log));
      }
      return new Result(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
    }
  }
}
