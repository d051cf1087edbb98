package io.magpie.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Full collections in other processes, through the jcmd of this JDK or a signal. */
public final class GarbageCollection {
  private GarbageCollection() {}

  public static void ofJava(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    run(List.of(jcmd, Long.toString(pid), "GC.run"));
  }

  /** In a program of the peers that runs with --expose-gc and collects at SIGUSR2. */
  public static void ofNode(long pid) {
    run(List.of("kill", "-USR2", Long.toString(pid)));
  }

  private static void run(List<String> command) {
    try {
      Process asked =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!asked.waitFor(30, TimeUnit.SECONDS) || asked.exitValue() != 0) {
        throw new IllegalStateException(command + " failed");
      }
    } catch (IOException e) {
      throw new IllegalStateException(command.get(0) + " is needed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
