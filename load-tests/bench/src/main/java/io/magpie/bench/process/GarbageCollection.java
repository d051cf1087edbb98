package io.magpie.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Full collections in other Java processes, through the jcmd of this JDK. */
public final class GarbageCollection {
  private GarbageCollection() {}

  public static void ofJava(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process asked =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!asked.waitFor(30, TimeUnit.SECONDS) || asked.exitValue() != 0) {
        throw new IllegalStateException("jcmd cannot reach process " + pid);
      }
    } catch (IOException e) {
      throw new IllegalStateException("A JDK is needed, for jcmd: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
