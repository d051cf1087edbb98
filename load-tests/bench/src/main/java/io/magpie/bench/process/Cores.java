package io.magpie.bench.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs where, as taskset wants it: the server with its PostgreSQL and its Redis on the first
 * core, the generator on the others. Nobody is bound where there is one core only.
 */
public record Cores(String server, String generator) {
  public static Cores ofMachine(int processors) {
    return processors < 2
        ? new Cores("", "")
        : new Cores("0", processors == 2 ? "1" : "1-" + (processors - 1));
  }

  /** Whether server and generator have cores of their own. */
  public boolean apart() {
    return !server.isEmpty();
  }

  /** Binds this process, with the threads that it has and those to come. */
  public void bindGenerator() {
    if (!apart()) {
      return;
    }
    bind(ProcessHandle.current().pid(), generator);
  }

  /** Lets a process use all cores: while something is prepared, nobody is measured. */
  public void free(long pid) {
    if (apart()) {
      bind(pid, server + "," + generator);
    }
  }

  private static void bind(long pid, String cores) {
    try {
      Process bound =
          new ProcessBuilder(List.of("taskset", "-a", "-c", "-p", cores, Long.toString(pid)))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!bound.waitFor(10, TimeUnit.SECONDS) || bound.exitValue() != 0) {
        throw new IllegalStateException("taskset cannot bind " + pid + " to " + cores);
      }
    } catch (IOException e) {
      throw new IllegalStateException("taskset is needed (util-linux): " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
