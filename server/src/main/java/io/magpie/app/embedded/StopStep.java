package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.time.Duration;
import java.util.List;

/**
 * One step of ending a process: a signal and how long it may take.
 *
 * @param signal name without SIG
 */
record StopStep(String signal, Duration patience) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(15);

  /** Sends the signals in turn until the process is gone; its descendants fall with a KILL. */
  static void perform(ProcessMark process, List<StopStep> steps) {
    for (StopStep step : steps) {
      if (!process.isRunning()) {
        return;
      }
      step.send(process);
      if (step.gone(process)) {
        return;
      }
    }
    if (process.isRunning()) {
      throw new StartFailure(
          "child-does-not-stop",
          "Process "
              + process.pid()
              + " ("
              + process.command()
              + ") does not end. Stop it by hand"
              + " before the next start.");
    }
  }

  private void send(ProcessMark process) {
    if (signal.equals("KILL")) {
      ProcessHandle.of(process.pid())
          .ifPresent(
              handle -> {
                List<ProcessHandle> below = handle.descendants().toList();
                handle.destroyForcibly();
                below.forEach(ProcessHandle::destroyForcibly);
              });
    } else {
      // Java can send TERM only, which to PostgreSQL means: wait for all clients.
      Command.works(List.of("sh", "-c", "kill -" + signal + " " + process.pid()));
    }
  }

  private boolean gone(ProcessMark process) {
    long end = System.nanoTime() + patience.toNanos();
    while (process.isRunning()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      Child.pause(LOOK_EVERY);
    }
    return true;
  }
}
