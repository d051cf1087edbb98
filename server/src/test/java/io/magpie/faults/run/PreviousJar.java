package io.magpie.faults.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The server of an older commit: {@code -Dfaults.previous}, the one before the present without it.
 * Built once for each commit, which takes a minute or two.
 */
final class PreviousJar {
  private PreviousJar() {}

  static Path build() {
    String commit = System.getProperty("faults.previous", "HEAD~1");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "src/test/scripts/previous-jar.sh", commit)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the server of " + commit + " cannot be built: " + said);
      }
      return Path.of(said.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
