package io.magpie.faults.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.check.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F39 in every build. */
class BackupFaultIT {
  @TempDir private Path folder;

  @Test
  void F39_restored_messages_are_those_of_one_moment() throws Exception {
    Verdict verdict = new BackupUnderLoad(folder).run();
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
    assertThat(verdict.counts().acked()).isGreaterThanOrEqualTo(400);
  }
}
