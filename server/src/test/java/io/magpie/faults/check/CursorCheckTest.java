package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.good;

import org.junit.jupiter.api.Test;

/** Another epoch. */
class CursorCheckTest {
  @Test
  void I11_another_epoch_is_not_told() {
    assertBroken(good().down("c").up("c", "restored").finish(), Invariant.I11);
  }
}
